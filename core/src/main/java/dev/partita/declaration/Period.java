package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of calendar time: how wide a partition is, or how far a horizon reaches.
 *
 * <p>Days and longer are calendar time, so that a month may have 28 days and a day 23 hours. Minutes and hours are elapsed
 * time: each such partition spans the same number of seconds.
 *
 * @param count how many, at least 1 and together no more than 10 000 years
 * @param unit of what
 */
public record Period(int count, Unit unit) {

    /** The units, shortest first. */
    public enum Unit {
        MINUTE(60),
        HOUR(3_600),
        DAY(86_400),
        WEEK(604_800),
        MONTH(2_629_746),
        QUARTER(7_889_238),
        YEAR(31_556_952);

        private final double roughSeconds;

        Unit(double roughSeconds) {
            this.roughSeconds = roughSeconds;
        }

        /** Whether this is elapsed time rather than calendar time. */
        public boolean elapsed() {
            return this == MINUTE || this == HOUR;
        }
    }

    private static final int LONGEST = 10_000;

    private static final Pattern WORDS = Pattern.compile("(\\d{1,10})?\\s*([a-z]+?)s?");
    private static final Pattern ISO = Pattern.compile("P(?:(\\d{1,10})([YMWD])|T(\\d{1,10})([HM]))");

    /** @throws PartitaException unless the period is positive and at most so many years long */
    public Period {
        if (count < 1 || count * unit.roughSeconds > LONGEST * Unit.YEAR.roughSeconds) {
            throw refused(text(count, unit));
        }
    }

    public static Period of(int count, Unit unit) {
        return new Period(count, unit);
    }

    /**
     * Reads {@code 1 month}, {@code 15 minutes}, {@code week}, or ISO-8601 with one unit: {@code P1M}, {@code PT6H}.
     *
     * @throws PartitaException if it is nothing of the kind; the problem says what a period looks like
     */
    public static Period parse(String text) {
        Matcher iso = ISO.matcher(text.strip());
        if (iso.matches()) {
            return iso.group(1) != null
                    ? new Period(count(text, iso.group(1)), isoDate(iso.group(2)))
                    : new Period(count(text, iso.group(3)), iso.group(4).equals("H") ? Unit.HOUR : Unit.MINUTE);
        }
        Matcher words = WORDS.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!words.matches()) {
            throw refused(text);
        }
        String word = words.group(2).toUpperCase(Locale.ROOT);
        Unit unit = Arrays.stream(Unit.values())
                .filter(candidate -> candidate.name().equals(word))
                .findFirst()
                .orElseThrow(() -> refused(text));
        return new Period(words.group(1) == null ? 1 : count(text, words.group(1)), unit);
    }

    private static int count(String text, String digits) {
        long count = Long.parseLong(digits);
        if (count > Integer.MAX_VALUE) {
            throw refused(text);
        }
        return (int) count;
    }

    private static PartitaException refused(String text) {
        return Refusal.of(
                ProblemCode.PERIOD_INVALID,
                "period",
                "'" + text + "' is not a period",
                "write a positive number (no more than 10 000 years) and one of minutes, hours, days, weeks, months, quarters, years, such as 1 month,"
                        + " or ISO-8601 with a single unit, such as P1M or PT6H");
    }

    private static Unit isoDate(String letter) {
        return switch (letter) {
            case "Y" -> Unit.YEAR;
            case "M" -> Unit.MONTH;
            case "W" -> Unit.WEEK;
            default -> Unit.DAY;
        };
    }

    /**
     * The anchor moved by n periods, counted from the anchor and never chained: 31 January plus one month is 29 February,
     * plus two months is 31 March.
     */
    public LocalDateTime after(LocalDateTime anchor, long n) {
        long steps = Math.multiplyExact(n, count);
        return switch (unit) {
            case MINUTE -> anchor.plusMinutes(steps);
            case HOUR -> anchor.plusHours(steps);
            case DAY -> anchor.plusDays(steps);
            case WEEK -> anchor.plusWeeks(steps);
            case MONTH -> anchor.plusMonths(steps);
            case QUARTER -> anchor.plusMonths(Math.multiplyExact(3, steps));
            case YEAR -> anchor.plusYears(steps);
        };
    }

    /**
     * The exact length of an elapsed period.
     *
     * @throws IllegalStateException for calendar periods, which have no fixed length
     */
    public Duration elapsed() {
        return switch (unit) {
            case MINUTE -> Duration.ofMinutes(count);
            case HOUR -> Duration.ofHours(count);
            default -> throw new IllegalStateException(this + " has no fixed length");
        };
    }

    /** About how long, in seconds: for estimates only. */
    public double roughSeconds() {
        return count * unit.roughSeconds;
    }

    /** As people write it: {@code 1 month}, {@code 15 minutes}. */
    @Override
    public String toString() {
        return text(count, unit);
    }

    private static String text(int count, Unit unit) {
        return count + " " + unit.name().toLowerCase(Locale.ROOT) + (count == 1 ? "" : "s");
    }
}
