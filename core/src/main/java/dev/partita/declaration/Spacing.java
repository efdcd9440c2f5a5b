package dev.partita.declaration;

import dev.partita.problem.Nearest;
import dev.partita.problem.PartitaException;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How wide the partitions of a range are, and where they begin. */
public sealed interface Spacing {

    /** The grid on a key column of this type; empty where the two do not fit. */
    Optional<Grid> grid(KeyType type);

    /** The grids of spacings that were declared before; of those that fit a key column of this type. */
    List<Grid> earlier(KeyType type);

    /** Where the oldest partition is to begin, on a grid of this spacing; empty for the present. */
    Optional<RangeLimit> from(Grid grid);

    /** As people write it. */
    String every();

    /** Whether its partitions are surely smaller than the other's; false where the two cannot be compared. */
    boolean finerThan(Spacing other);

    /**
     * Reads a period, or a number for steps of numbers: {@code 1 month}, {@code P1M}, {@code 10_000_000}.
     *
     * @throws PartitaException if it is neither
     */
    static Spacing parse(String every) {
        return Numbers.looksLikeOne(every) ? Numbers.of(Numbers.number(every)) : Time.of(Period.parse(every));
    }

    /**
     * Periods of the calendar.
     *
     * @param period the width
     * @param zone whose calendar; bounds are instants where the column's type knows instants
     * @param anchor a limit of the grid; empty for the usual begin of the period
     * @param encoding how time is written in the column
     * @param oldest where the oldest partition is to begin, on the wall clock of the zone; empty for the present
     * @param before widths that were declared earlier, of which partitions may still be there
     */
    record Time(
            Period period,
            ZoneId zone,
            Optional<LocalDateTime> anchor,
            Encoding encoding,
            Optional<LocalDateTime> oldest,
            List<Period> before)
            implements Spacing {

        /** The calendar that is meant when nothing is said. */
        public static final ZoneId UTC = ZoneId.of("UTC");

        /** Asked for once: Java copies all of them for everybody who asks. */
        private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

        private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?)?");

        /** @throws PartitaException if the anchor or the oldest limit is no whole second of the years 1 to 9999 */
        public Time {
            zone = usual(zone);
            before = List.copyOf(before);
            anchor.ifPresent(TimeGrid::requireAnchor);
            oldest.ifPresent(Time::requireOldest);
        }

        /** Never declared otherwise. */
        public Time(
                Period period,
                ZoneId zone,
                Optional<LocalDateTime> anchor,
                Encoding encoding,
                Optional<LocalDateTime> oldest) {
            this(period, zone, anchor, encoding, oldest, List.of());
        }

        /** Zones with the same clock under the one name that the file has for it. */
        private static ZoneId usual(ZoneId zone) {
            ZoneId known = ZONES.contains(zone.getId()) ? zone : zone.normalized();
            return known.equals(ZoneOffset.UTC) ? UTC : known;
        }

        private static void requireOldest(LocalDateTime time) {
            if (time.getNano() != 0 || time.getYear() < 1 || time.getYear() > 9999) {
                throw Refusal.value(
                        "from",
                        "the oldest partition begins at a whole second of the years 1 to 9999, not at " + time,
                        "write 2024-01-01 or 2024-01-01T06:00");
            }
        }

        /** Periods of the UTC calendar, written as the column's type says, from the present on. */
        public static Time of(Period period) {
            return new Time(period, UTC, Optional.empty(), Encoding.NATIVE, Optional.empty());
        }

        public Time withZone(ZoneId newZone) {
            return new Time(period, newZone, anchor, encoding, oldest, before);
        }

        public Time withAnchor(LocalDateTime newAnchor) {
            return new Time(period, zone, Optional.of(newAnchor), encoding, oldest, before);
        }

        public Time withEncoding(Encoding newEncoding) {
            return new Time(period, zone, anchor, newEncoding, oldest, before);
        }

        public Time withOldest(LocalDateTime newOldest) {
            return new Time(period, zone, anchor, encoding, Optional.of(newOldest), before);
        }

        /** Of these widths before, the one in use not among them. */
        public Time after(List<Period> earlier) {
            return new Time(period, zone, anchor, encoding, oldest, earlier);
        }

        /**
         * Reads a zone of the IANA database or a fixed offset: {@code Europe/Berlin}, {@code UTC}, {@code +05:30}.
         *
         * @throws PartitaException if there is none of that name; the problem names the nearest
         */
        public static ZoneId zone(String id) {
            if (ZONES.contains(id)) {
                return ZoneId.of(id);
            }
            try {
                if (id.matches("[+-]\\d\\d:\\d\\d(:\\d\\d)?")) {
                    return ZoneOffset.of(id);
                }
            } catch (DateTimeException e) {
                // beyond 18 hours: refused below like any other text
            }
            throw Refusal.value(
                    "zone",
                    "'" + id + "' is not a time zone",
                    Nearest.to(id, ZoneId.getAvailableZoneIds())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("write a name such as Europe/Berlin, UTC, or an offset such as +05:30"));
        }

        /**
         * Reads a date, or a date and time of day, on the wall clock of the zone: {@code 2024-01-01}, {@code 2024-01-01
         * 06:00}.
         *
         * @param key for what, for the problem
         * @throws PartitaException if it is neither, or no such day exists
         */
        public static LocalDateTime local(String key, String text) {
            String trimmed = text.strip();
            if (LOCAL.matcher(trimmed).matches() && !trimmed.startsWith("0000")) {
                try {
                    return LocalDateTime.parse(trimmed.length() == 10 ? trimmed + "T00:00" : trimmed.replace(' ', 'T'));
                } catch (DateTimeException e) {
                    throw Refusal.value(key, "'" + text + "' does not exist in the calendar", "write a day that does");
                }
            }
            throw Refusal.value(
                    key,
                    trimmed.matches("\\d{4}-\\d\\d-\\d\\d[T ].*(Z|[+-]\\d\\d(:?\\d\\d)?)")
                            ? "'" + text + "' carries an offset, but it is read on the wall clock of the zone"
                            : "'" + text + "' is neither a date nor a date with a time of day",
                    "write 2024-01-01 or 2024-01-01T06:00, without an offset");
        }

        @Override
        public Optional<Grid> grid(KeyType type) {
            return encoding.axis(type)
                    .map(this::on)
                    .filter(grid -> type != KeyType.DATE || grid.wholeDays())
                    .map(Grid.class::cast);
        }

        /** The grid on an axis. */
        TimeGrid on(TimeAxis axis) {
            return new TimeGrid(period, anchor.orElse(TimeGrid.defaultAnchor(period)), zone, axis);
        }

        @Override
        public List<Grid> earlier(KeyType type) {
            return before.stream()
                    .map(earlier -> new Time(earlier, zone, Optional.empty(), encoding, Optional.empty()))
                    .flatMap(earlier -> earlier.grid(type).stream())
                    .toList();
        }

        @Override
        public Optional<RangeLimit> from(Grid grid) {
            return oldest.map(((TimeGrid) grid)::place);
        }

        @Override
        public boolean finerThan(Spacing other) {
            return other instanceof Time time && period.roughSeconds() < time.period.roughSeconds();
        }

        @Override
        public String every() {
            return period.toString();
        }
    }

    /**
     * Equal steps of numbers.
     *
     * @param step the width, positive
     * @param anchor a limit of the grid
     * @param cursor how to find out where the table's present is
     * @param oldest where the oldest partition is to begin; empty for the present
     * @param before steps that were declared earlier, of which partitions may still be there
     */
    record Numbers(
            BigDecimal step, BigDecimal anchor, Cursor cursor, Optional<BigDecimal> oldest, List<BigDecimal> before)
            implements Spacing {

        private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:_\\d+)*(?:\\.\\d+(?:_\\d+)*)?");
        private static final int MOST_CHARACTERS = 200;
        private static final int MOST_DIGITS = 60;

        /** @throws PartitaException unless the step is positive */
        public Numbers {
            step = plain(step);
            anchor = plain(anchor);
            oldest = oldest.map(Numbers::plain);
            before = before.stream().map(Numbers::plain).toList();
            if (step.signum() <= 0) {
                throw Refusal.value(
                        "every",
                        "a step must be positive, not " + step.toPlainString(),
                        "write a number such as 10_000_000");
            }
        }

        /** Never declared otherwise. */
        public Numbers(BigDecimal step, BigDecimal anchor, Cursor cursor, Optional<BigDecimal> oldest) {
            this(step, anchor, cursor, oldest, List.of());
        }

        /** Steps from zero on, the present told by the newest row. */
        public static Numbers of(BigDecimal step) {
            return new Numbers(step, BigDecimal.ZERO, Cursor.KEY, Optional.empty());
        }

        public Numbers withAnchor(BigDecimal newAnchor) {
            return new Numbers(step, newAnchor, cursor, oldest, before);
        }

        public Numbers withCursor(Cursor newCursor) {
            return new Numbers(step, anchor, newCursor, oldest, before);
        }

        public Numbers withOldest(BigDecimal newOldest) {
            return new Numbers(step, anchor, cursor, Optional.of(newOldest), before);
        }

        /** Of these steps before, the one in use not among them. */
        public Numbers after(List<BigDecimal> earlier) {
            return new Numbers(step, anchor, cursor, oldest, earlier);
        }

        /** Whether the text is a number rather than a period. */
        public static boolean looksLikeOne(String text) {
            return NUMBER.matcher(text.strip()).matches();
        }

        /**
         * Reads a number, with underscores between digits where they help: {@code 10_000_000}, {@code 0.5}.
         *
         * @throws PartitaException if it is none, or has more than sixty digits on either side of the point
         */
        public static BigDecimal number(String text) {
            String trimmed = text.strip();
            if (!looksLikeOne(trimmed) || trimmed.length() > MOST_CHARACTERS) {
                throw Refusal.value(
                        "number", "'" + text + "' is not a number", "write digits, such as 10_000_000 or 0.5");
            }
            return plain(new BigDecimal(trimmed.replace("_", "")));
        }

        /** Equal numbers are to be equal values. */
        static BigDecimal plain(BigDecimal number) {
            BigDecimal stripped = number.stripTrailingZeros();
            if (stripped.precision() - stripped.scale() > MOST_DIGITS || stripped.scale() > MOST_DIGITS) {
                throw Refusal.value(
                        "number", "a number has more than " + MOST_DIGITS + " digits", "choose a shorter one");
            }
            return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }

        @Override
        public Optional<Grid> grid(KeyType type) {
            boolean fits = type == KeyType.NUMERIC || type.integral() && whole(step) && whole(anchor);
            return fits ? Optional.of(new NumberGrid(step, anchor)) : Optional.empty();
        }

        @Override
        public List<Grid> earlier(KeyType type) {
            return before.stream()
                    .flatMap(earlier -> of(earlier).grid(type).stream())
                    .toList();
        }

        private static boolean whole(BigDecimal number) {
            return number.scale() <= 0;
        }

        @Override
        public Optional<RangeLimit> from(Grid grid) {
            return oldest.map(RangeLimit::at);
        }

        @Override
        public boolean finerThan(Spacing other) {
            return other instanceof Numbers numbers && step.compareTo(numbers.step) < 0;
        }

        @Override
        public String every() {
            return step.toPlainString();
        }
    }

    /** Where "now" is on an axis of numbers; never read from DEFAULT, where a stray id would lead it astray. */
    enum Cursor {
        /** The newest partition that holds a row. */
        KEY,
        /** The last value of the sequence that the column draws from. */
        SEQUENCE;

        /** As people write it: {@code sequence}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws PartitaException if it is neither word */
        public static Cursor parse(String word) {
            return Arrays.stream(values())
                    .filter(cursor -> cursor.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> Refusal.value(
                            "cursor", "'" + word + "' does not say where the present is", "write key or sequence"));
        }
    }
}
