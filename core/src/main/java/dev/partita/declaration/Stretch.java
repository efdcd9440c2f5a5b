package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A part of a key's axis, both ends included: what somebody imports, or what must be kept. */
public sealed interface Stretch {

    /** The first place, if this kind of stretch fits the grid. */
    Optional<RangeLimit> first(Grid grid);

    /** The last place that is included, if this kind of stretch fits the grid. */
    Optional<RangeLimit> last(Grid grid);

    /** Whether a partition with these bounds takes a part of it; false where it does not fit the grid. */
    default boolean touches(PartitionBound.Range range, Grid grid) {
        return first(grid).filter(first -> first.isBefore(range.to())).isPresent()
                && last(grid).filter(last -> !last.isBefore(range.from())).isPresent();
    }

    /**
     * From one instant to another.
     *
     * @param from the first instant
     * @param to the last instant, included
     */
    record Instants(Instant from, Instant to) implements Stretch {
        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(from)) : Optional.empty();
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(to)) : Optional.empty();
        }

        @Override
        public String toString() {
            return from + ".." + to;
        }
    }

    /**
     * From one wall-clock time of the table's zone to another.
     *
     * @param from the first moment
     * @param to the last moment, included
     */
    record WallClock(LocalDateTime from, LocalDateTime to) implements Stretch {
        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(from)) : Optional.empty();
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(to)) : Optional.empty();
        }

        /** As short as it can be said: {@code 2023}, {@code 2023-07..2023-09}, {@code 2023-07-05}. */
        @Override
        public String toString() {
            LocalDateTime end = to.plus(1, ChronoUnit.MICROS);
            boolean days = isMidnight(from) && isMidnight(end);
            if (!days) {
                return from + ".." + to;
            }
            LocalDate first = from.toLocalDate();
            LocalDate last = to.toLocalDate();
            boolean months = first.getDayOfMonth() == 1 && end.getDayOfMonth() == 1;
            if (!months) {
                return ends(first, last);
            }
            return first.getDayOfYear() == 1 && end.getDayOfYear() == 1
                    ? ends(Year.from(first).format(YEAR), Year.from(last).format(YEAR))
                    : ends(YearMonth.from(first), YearMonth.from(last));
        }

        private static boolean isMidnight(LocalDateTime time) {
            return time.toLocalTime().toNanoOfDay() == 0;
        }

        private static String ends(Object first, Object last) {
            return first.equals(last) ? first.toString() : first + ".." + last;
        }
    }

    /**
     * From one number to another.
     *
     * @param from the first number
     * @param to the last number, included
     */
    record Numbers(BigDecimal from, BigDecimal to) implements Stretch {

        public Numbers {
            from = Spacing.Numbers.plain(from);
            to = Spacing.Numbers.plain(to);
        }

        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return grid instanceof NumberGrid ? Optional.of(RangeLimit.at(from)) : Optional.empty();
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return grid instanceof NumberGrid ? Optional.of(RangeLimit.at(to)) : Optional.empty();
        }

        @Override
        public String toString() {
            return from.equals(to) ? from.toPlainString() : from.toPlainString() + ".." + to.toPlainString();
        }
    }

    /**
     * From one place to another, of a key whose rows were looked at.
     *
     * @param from the first place
     * @param to the last place, included
     */
    record Limits(RangeLimit from, RangeLimit to) implements Stretch {
        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return Optional.of(from);
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return Optional.of(to);
        }
    }

    /** Four digits: a shorter number was meant to be something else. */
    DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /**
     * Reads {@code 2021-01..2021-12}, {@code 2023-07}, {@code 2021-01-05T06:00..2021-01-05T12:00} on an axis of time, {@code
     * 0..50_000_000} on one of numbers.
     *
     * @return empty for what is none on this axis
     * @throws PartitaException if it ends before it begins
     */
    static Optional<Stretch> read(String text, Spacing spacing) {
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length > 2) {
            return Optional.empty();
        }
        String from = ends[0].strip();
        String to = ends[ends.length - 1].strip();
        return spacing instanceof Spacing.Numbers ? numbers(from, to) : times(from, to);
    }

    private static Optional<Stretch> numbers(String from, String to) {
        return Spacing.Numbers.looksLikeOne(from) && Spacing.Numbers.looksLikeOne(to)
                ? ordered(Spacing.Numbers.number(from), Spacing.Numbers.number(to), Numbers::new)
                : Optional.empty();
    }

    private static Optional<Stretch> times(String from, String to) {
        Optional<Stretch> instants = parsed(from, Stretch::instant)
                .flatMap(first -> parsed(to, Stretch::instant).flatMap(last -> ordered(first, last, Instants::new)));
        return instants.or(() ->
                first(from).flatMap(first -> last(to).flatMap(last -> ordered(first, last, WallClock::new))));
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /** The first moment of a year, month or day, or the moment itself. */
    private static Optional<LocalDateTime> first(String text) {
        return parsed(text, LocalDateTime::parse)
                .or(() -> parsed(text, LocalDate::parse).map(LocalDate::atStartOfDay))
                .or(() -> parsed(text, YearMonth::parse)
                        .map(month -> month.atDay(1).atStartOfDay()))
                .or(() -> parsed(text, Stretch::year).map(year -> year.atDay(1).atStartOfDay()));
    }

    /** The last moment of a year, month or day, or the moment itself. */
    private static Optional<LocalDateTime> last(String text) {
        return parsed(text, LocalDateTime::parse)
                .or(() -> parsed(text, LocalDate::parse).map(day -> before(day.plusDays(1))))
                .or(() -> parsed(text, YearMonth::parse)
                        .map(month -> before(month.plusMonths(1).atDay(1))))
                .or(() -> parsed(text, Stretch::year)
                        .map(year -> before(year.plusYears(1).atDay(1))));
    }

    private static Year year(String text) {
        return Year.parse(text, YEAR);
    }

    /** The microsecond before a day begins: the finest that PostgreSQL knows. */
    private static LocalDateTime before(LocalDate day) {
        return day.atStartOfDay().minus(1, ChronoUnit.MICROS);
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static <T extends Comparable<? super T>> Optional<Stretch> ordered(
            T first, T last, BiFunction<T, T, Stretch> stretch) {
        if (last.compareTo(first) < 0) {
            throw Refusal.value("stretch", "it ends before it begins", "write FROM..TO, both ends included");
        }
        return Optional.of(stretch.apply(first, last));
    }
}
