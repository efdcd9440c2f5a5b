package dev.partita.cli;

import dev.partita.declaration.Declarations;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --for}: partitions that somebody asks for besides what is declared. */
final class WindowOption {

    private static final String WAYS = "write FROM..TO, both included: 2021-01..2021-12, 2021-01-05..2021-01-20,"
            + " 2021-01-05T06:00..2021-01-05T12:00, 0..50000000";

    @Option(
            names = "--for",
            paramLabel = "FROM..TO",
            description = {
                "Partitions for this stretch of the key as well, both ends",
                "included: 2021-01..2021-12, or numbers: 0..50000000."
            })
    private @Nullable String text;

    boolean given() {
        return text != null;
    }

    /** A window for each table whose key it fits; of several tables those that it does not fit are left out. */
    List<Window> windows(Declarations declarations) {
        if (text == null) {
            return List.of();
        }
        String[] ends = text.split("\\.\\.", -1);
        if (ends.length != 2) {
            throw wrong("'" + text + "' has no two ends");
        }
        List<Window> windows = declarations.tables().stream()
                .flatMap(table -> window(table, ends[0].strip(), ends[1].strip()).stream())
                .toList();
        if (windows.isEmpty()) {
            throw wrong("'" + text + "' fits the key of no table here");
        }
        return windows;
    }

    private static Optional<Window> window(TableDeclaration table, String from, String to) {
        if (!(table.scheme() instanceof Scheme.Range range)) {
            return Optional.empty();
        }
        return range.spacing() instanceof Spacing.Numbers ? numbers(table, from, to) : times(table, from, to);
    }

    private static Optional<Window> numbers(TableDeclaration table, String from, String to) {
        try {
            return ordered(
                    new BigDecimal(from.replace("_", "")),
                    new BigDecimal(to.replace("_", "")),
                    (first, last) -> new Window.Numbers(table.name(), first, last));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Window> times(TableDeclaration table, String from, String to) {
        Optional<Window> instants = parsed(from, WindowOption::instant)
                .flatMap(first -> parsed(to, WindowOption::instant)
                        .flatMap(last ->
                                ordered(first, last, (one, other) -> new Window.Instants(table.name(), one, other))));
        return instants.or(() -> first(from)
                .flatMap(first -> last(to).flatMap(last ->
                        ordered(first, last, (one, other) -> new Window.WallClock(table.name(), one, other)))));
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
                .or(() -> parsed(text, WindowOption::year)
                        .map(year -> year.atDay(1).atStartOfDay()));
    }

    /** The last moment of a year, month or day, or the moment itself. */
    private static Optional<LocalDateTime> last(String text) {
        return parsed(text, LocalDateTime::parse)
                .or(() -> parsed(text, LocalDate::parse).map(day -> before(day.plusDays(1))))
                .or(() -> parsed(text, YearMonth::parse)
                        .map(month -> before(month.plusMonths(1).atDay(1))))
                .or(() -> parsed(text, WindowOption::year)
                        .map(year -> before(year.plusYears(1).atDay(1))));
    }

    /** Four digits: a shorter number was meant to be something else. */
    private static Year year(String text) {
        return Year.parse(
                text, DateTimeFormatter.ofPattern("uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT));
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

    private static <T extends Comparable<? super T>> Optional<Window> ordered(
            T first, T last, java.util.function.BiFunction<T, T, Window> window) {
        if (last.compareTo(first) < 0) {
            throw wrong("it ends before it begins");
        }
        return Optional.of(window.apply(first, last));
    }

    private static PartitaException wrong(String what) {
        return new PartitaException(Problem.of(ProblemCode.VALUE_INVALID, "--for", what, WAYS));
    }
}
