package dev.partita.declaration;

import dev.partita.table.RangeLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Periods of the calendar on an axis of time.
 *
 * <p>Limit n is {@code anchor + n × period} on the wall clock of the zone, taken to the instant at which that wall-clock time
 * first occurs: a day is 23, 24 or 25 hours long, and a day that does not exist in the zone (Apia, 30 December 2011) is an
 * empty cell that its successor stands for. Minutes and hours are counted as elapsed time from the anchor's instant.
 *
 * @param every the width of a cell
 * @param anchor a limit of the grid, on the wall clock of the zone
 * @param zone whose calendar it is
 * @param axis how instants lie on the key column
 */
public record TimeGrid(Period every, LocalDateTime anchor, ZoneId zone, TimeAxis axis) implements Grid {

    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2000, 1, 1, 0, 0);
    /** ISO weeks begin on Monday. */
    private static final LocalDateTime FIRST_MONDAY = LocalDateTime.of(2000, 1, 3, 0, 0);

    /** The anchor when none is declared: weeks begin on Monday, everything else on 1 January. */
    public static LocalDateTime defaultAnchor(Period every) {
        return every.unit() == Period.Unit.WEEK ? FIRST_MONDAY : FIRST_DAY;
    }

    /** Where the present lies on the axis. */
    public RangeLimit place(Instant instant) {
        return axis.place(axis.local() ? wallClock(instant).toInstant(ZoneOffset.UTC) : instant);
    }

    private LocalDateTime wallClock(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone);
    }

    /** Where a wall-clock time of the zone lies on the axis. */
    public RangeLimit place(LocalDateTime local) {
        return axis.place(local.atZone(calendar()).toInstant());
    }

    /** The moment at which a place begins, in the zone; on an axis of wall-clock times the offset is meaningless. */
    public ZonedDateTime time(RangeLimit place) {
        return axis.instant(place).atZone(calendar());
    }

    /** A wall clock without a zone knows no daylight saving: its axis is computed as if it were UTC. */
    private ZoneId calendar() {
        return axis.local() ? ZoneOffset.UTC : zone;
    }

    @Override
    public RangeLimit limit(long n) {
        if (every.unit().elapsed()) {
            Duration distance = every.elapsed().multipliedBy(n);
            return axis.place(anchor.atZone(calendar()).toInstant().plus(distance));
        }
        return axis.place(every.after(anchor, n).atZone(calendar()).toInstant());
    }

    @Override
    public long near(RangeLimit place) {
        Instant instant = axis.instant(place);
        if (every.unit().elapsed()) {
            long seconds = instant.getEpochSecond()
                    - anchor.atZone(calendar()).toInstant().getEpochSecond();
            return Math.floorDiv(seconds, every.elapsed().toSeconds());
        }
        LocalDateTime local = LocalDateTime.ofInstant(instant, calendar());
        long units = switch (every.unit()) {
            case DAY -> ChronoUnit.DAYS.between(anchor, local);
            case WEEK -> ChronoUnit.WEEKS.between(anchor, local);
            case MONTH -> ChronoUnit.MONTHS.between(anchor, local);
            case QUARTER -> ChronoUnit.MONTHS.between(anchor, local) / 3;
            case YEAR -> ChronoUnit.YEARS.between(anchor, local);
            case MINUTE, HOUR -> throw new IllegalStateException("elapsed periods are counted above");
        };
        return Math.floorDiv(units, every.count());
    }

    @Override
    public String token(String token, Cell cell) {
        ZonedDateTime start = time(cell.from());
        return switch (token) {
            case "yyyy" -> padded(4, start.getYear());
            case "MM" -> padded(2, start.getMonthValue());
            case "dd" -> padded(2, start.getDayOfMonth());
            case "HH" -> padded(2, start.getHour());
            case "mm" -> padded(2, start.getMinute());
            case "q" -> Integer.toString(start.get(IsoFields.QUARTER_OF_YEAR));
            case "YYYY" -> padded(4, start.get(IsoFields.WEEK_BASED_YEAR));
            case "ww" -> padded(2, start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "DDD" -> padded(3, start.getDayOfYear());
            case "offset" -> offset(start.getOffset());
            default -> throw new IllegalArgumentException("{" + token + "}");
        };
    }

    private static String padded(int width, int number) {
        return String.format(Locale.ROOT, "%0" + width + "d", number);
    }

    private static String offset(ZoneOffset offset) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String sign = offset.getTotalSeconds() < 0 ? "m" : "p";
        String whole = sign + padded(2, seconds / 3600) + padded(2, seconds / 60 % 60);
        return seconds % 60 == 0 ? whole : whole + padded(2, seconds % 60);
    }

    /** Within a zone whose clock is set back an hour comes twice, so only its offset tells the two apart. */
    @Override
    public String defaultName() {
        String clock = switch (every.unit()) {
            case YEAR -> "{yyyy}";
            case QUARTER -> startsWithTheYear() ? "{yyyy}_q{q}" : "{yyyy}_{MM}";
            case MONTH -> "{yyyy}_{MM}";
            case WEEK -> "{YYYY}_w{ww}";
            case DAY -> "{yyyy}_{MM}_{dd}";
            case HOUR -> "{yyyy}_{MM}_{dd}_{HH}";
            case MINUTE -> "{yyyy}_{MM}_{dd}_{HH}{mm}";
        };
        boolean begunInTheDay = !every.unit().elapsed()
                && anchor.getDayOfMonth() != 1
                && every.unit().compareTo(Period.Unit.WEEK) > 0;
        boolean ambiguous = every.unit().elapsed() && !calendar().getRules().isFixedOffset();
        return "{table}_" + (begunInTheDay ? "{yyyy}_{MM}_{dd}" : clock) + (ambiguous ? "{offset}" : "");
    }

    private boolean startsWithTheYear() {
        return anchor.getMonthValue() % 3 == 1;
    }
}
