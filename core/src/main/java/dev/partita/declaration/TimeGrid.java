package dev.partita.declaration;

import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Periods of the calendar on an axis of time.
 *
 * <p>Limit n is {@code anchor + n × period} on the wall clock, or rather the first instant at which the clocks of the zone show
 * that time or a later one. So a day is 23, 24 or 25 hours long, begins at one o'clock where its midnight is skipped and at
 * the first of two midnights where the clocks are set back over it; a day that is skipped altogether (Apia, 30 December
 * 2011) is an empty cell, which no partition can take. Minutes and hours are elapsed time from the anchor's instant.
 *
 * <p>Cells are named after the wall-clock time at which they are due, so no two cells of a calendar share a name.
 *
 * @param every the width of a cell
 * @param anchor a limit of the grid, on the wall clock of the zone, in whole seconds
 * @param zone whose calendar it is
 * @param axis how instants lie on the key column
 */
public record TimeGrid(Period every, LocalDateTime anchor, ZoneId zone, TimeAxis axis) implements Grid {

    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2000, 1, 1, 0, 0);
    /** ISO weeks begin on Monday. */
    private static final LocalDateTime FIRST_MONDAY = LocalDateTime.of(2000, 1, 3, 0, 0);

    /** The years that PostgreSQL knows. */
    private static final Instant EARLIEST = Instant.parse("-4713-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("+5874898-01-01T00:00:00Z");

    private static final String DATE = "{yyyy}_{MM}_{dd}";

    /** @throws dev.partita.problem.PartitaException if the anchor is no whole second of the years 1 to 9999 */
    public TimeGrid {
        requireAnchor(anchor);
    }

    /** Shared with the declaration, so that a mistake is found there. */
    static void requireAnchor(LocalDateTime anchor) {
        if (anchor.getNano() != 0 || anchor.getYear() < 1 || anchor.getYear() > 9999) {
            throw Refusal.value(
                    "anchor",
                    "an anchor is a whole second of the years 1 to 9999, not " + anchor,
                    "write 2024-01-01 or 2024-01-01T06:00");
        }
    }

    /** The anchor when none is declared: weeks begin on Monday, everything else on 1 January. */
    public static LocalDateTime defaultAnchor(Period every) {
        return every.unit() == Period.Unit.WEEK ? FIRST_MONDAY : FIRST_DAY;
    }

    /** Whether every limit is a midnight, as a date needs it. */
    boolean wholeDays() {
        return !every.unit().elapsed() && anchor.toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    /** Where the present lies on the axis. */
    public RangeLimit place(Instant instant) {
        return axis.place(axis.local() ? LocalDateTime.ofInstant(instant, zone).toInstant(ZoneOffset.UTC) : instant);
    }

    /** Where a wall-clock time of the zone lies on the axis. */
    public RangeLimit place(LocalDateTime local) {
        return axis.place(first(local));
    }

    /** The moment at which a place begins, in the zone; on an axis of wall-clock times the offset is meaningless. */
    public ZonedDateTime time(RangeLimit place) {
        return axis.instant(place).atZone(clock());
    }

    /** A wall clock without a zone knows no daylight saving: its axis is computed as if it were UTC. */
    private ZoneId clock() {
        return axis.local() ? ZoneOffset.UTC : zone;
    }

    /** The first instant at which the clocks show this time or a later one. */
    private Instant first(LocalDateTime local) {
        ZoneRules rules = clock().getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        return offsets.isEmpty() ? rules.getTransition(local).getInstant() : local.toInstant(offsets.get(0));
    }

    private Instant start(long n) {
        return every.unit().elapsed()
                ? first(anchor)
                        .plusSeconds(Math.multiplyExact(n, every.elapsed().toSeconds()))
                : first(every.after(anchor, n));
    }

    @Override
    public RangeLimit limit(long n) {
        return axis.place(start(n));
    }

    @Override
    public boolean reaches(RangeLimit place) {
        return !place.isBefore(axis.place(EARLIEST)) && place.isBefore(axis.place(LATEST));
    }

    @Override
    public Cell cellAt(RangeLimit place) {
        Instant instant = axis.instant(place);
        long n = about(instant);
        Instant from = start(n);
        while (instant.isBefore(from)) {
            from = start(--n);
        }
        Instant to = start(n + 1);
        while (!instant.isBefore(to)) {
            from = to;
            to = start(++n + 1);
        }
        return new Cell(n, new PartitionBound.Range(axis.place(from), axis.place(to)));
    }

    /** The index as the calendar alone has it; month ends and skipped hours can put it off by one. */
    private long about(Instant instant) {
        if (every.unit().elapsed()) {
            return Math.floorDiv(
                    instant.getEpochSecond() - first(anchor).getEpochSecond(),
                    every.elapsed().toSeconds());
        }
        LocalDateTime local = LocalDateTime.ofInstant(instant, clock());
        long units = switch (every.unit()) {
            case DAY -> ChronoUnit.DAYS.between(anchor, local);
            case WEEK -> ChronoUnit.WEEKS.between(anchor, local);
            case MONTH -> ChronoUnit.MONTHS.between(anchor, local);
            case QUARTER -> IsoFields.QUARTER_YEARS.between(anchor, local);
            case YEAR -> ChronoUnit.YEARS.between(anchor, local);
            case MINUTE, HOUR -> throw new IllegalStateException("elapsed periods are counted above");
        };
        return Math.floorDiv(units, every.count());
    }

    @Override
    public String token(String token, Cell cell) {
        LocalDateTime due =
                every.unit().elapsed() ? time(cell.from()).toLocalDateTime() : every.after(anchor, cell.index());
        return switch (token) {
            case "yyyy" -> padded(4, due.getYear());
            case "MM" -> padded(2, due.getMonthValue());
            case "dd" -> padded(2, due.getDayOfMonth());
            case "HH" -> padded(2, due.getHour());
            case "mm" -> padded(2, due.getMinute());
            case "q" -> Integer.toString(due.get(IsoFields.QUARTER_OF_YEAR));
            case "YYYY" -> padded(4, due.get(IsoFields.WEEK_BASED_YEAR));
            case "ww" -> padded(2, due.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "DDD" -> padded(3, due.getDayOfYear());
            case "offset" -> offset(time(cell.from()).getOffset());
            default -> throw new IllegalArgumentException("{" + token + "}");
        };
    }

    /** A minus sign would need quotes in every statement, so it is an {@code m}, as in the names of numbers. */
    private static String padded(int width, int number) {
        String digits = Integer.toString(Math.abs(number));
        return (number < 0 ? "m" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static String offset(ZoneOffset offset) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String sign = offset.getTotalSeconds() < 0 ? "m" : "p";
        String whole = sign + padded(2, seconds / 3600) + padded(2, seconds / 60 % 60);
        return seconds % 60 == 0 ? whole : whole + padded(2, seconds % 60);
    }

    @Override
    public String defaultName() {
        boolean onTheFirst = anchor.getDayOfMonth() == 1;
        return "{table}_"
                + switch (every.unit()) {
                    case YEAR -> onTheFirst ? "{yyyy}" : DATE;
                    case QUARTER -> onTheFirst ? beginsQuarter() ? "{yyyy}_q{q}" : "{yyyy}_{MM}" : DATE;
                    case MONTH -> onTheFirst ? "{yyyy}_{MM}" : DATE;
                    case WEEK -> anchor.getDayOfWeek() == DayOfWeek.MONDAY ? "{YYYY}_w{ww}" : DATE;
                    case DAY -> DATE;
                    case HOUR -> DATE + (anchor.getMinute() == 0 ? "_{HH}" : "_{HH}{mm}") + ambiguousOffset();
                    case MINUTE -> DATE + "_{HH}{mm}" + ambiguousOffset();
                };
    }

    private boolean beginsQuarter() {
        return anchor.getMonthValue() % 3 == 1;
    }

    /** Where clocks are set back an hour comes twice, and only its offset tells the two apart. */
    private String ambiguousOffset() {
        return clock().getRules().isFixedOffset() ? "" : "{offset}";
    }
}
