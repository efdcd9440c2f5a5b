package dev.partita.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The types a partition key may have, and how their values lie on an axis.
 *
 * <p>Text is read and printed as PostgreSQL does under {@code DateStyle=ISO, TimeZone=UTC}.
 */
public enum KeyType {
    SMALLINT,
    INTEGER,
    BIGINT,
    NUMERIC,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    UUID,
    TEXT,
    BOOLEAN,
    ENUM,
    /** Any other type: fit for hash, and for bounds that partita leaves alone. */
    OTHER;

    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000L);
    private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);

    /** Where PostgreSQL's calendar begins and ends; dates reach much further than timestamps. */
    private static final BigDecimal FIRST_MICRO = midnight(-4713, 11, 24);

    private static final BigDecimal DATE_END = midnight(5_874_898, 1, 1);
    private static final BigDecimal TIMESTAMP_END = midnight(294_277, 1, 1);

    private static final int NUMERIC_DIGITS = 131_072;
    private static final int NUMERIC_FRACTION = 16_383;
    private static final BigDecimal UUID_END = new BigDecimal(BigInteger.ONE.shiftLeft(128));

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern TIME = Pattern.compile("(?<year>\\d{4,7})-(?<month>\\d\\d)-(?<day>\\d\\d)"
            + "(?:[ T](?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)(?:\\.(?<fraction>\\d{1,6}))?"
            + "(?:(?<sign>[+-])(?<offset>\\d\\d)(?::(?<offsetMinutes>\\d\\d)(?::(?<offsetSeconds>\\d\\d))?)?)?)?"
            + "(?<era> BC)?");
    private static final DateTimeFormatter CLOCK = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private static BigDecimal midnight(int year, int month, int day) {
        return BigDecimal.valueOf(LocalDate.of(year, month, day).toEpochDay()).multiply(MICROS_PER_DAY);
    }

    /** The type of this name in {@code pg_type}; {@code enum} is told by {@code typtype = 'e'}, not by name. */
    public static KeyType ofCatalogName(String typname) {
        return switch (typname) {
            case "int2" -> SMALLINT;
            case "int4" -> INTEGER;
            case "int8" -> BIGINT;
            case "numeric" -> NUMERIC;
            case "date" -> DATE;
            case "timestamp" -> TIMESTAMP;
            case "timestamptz" -> TIMESTAMPTZ;
            case "uuid" -> UUID;
            case "text", "varchar", "bpchar", "name", "char" -> TEXT;
            case "bool" -> BOOLEAN;
            default -> OTHER;
        };
    }

    /** As PostgreSQL calls it in SQL. */
    public String sqlName() {
        return this == TIMESTAMPTZ
                ? "timestamp with time zone"
                : this == TIMESTAMP ? "timestamp without time zone" : name().toLowerCase(Locale.ROOT);
    }

    public boolean integral() {
        return this == SMALLINT || this == INTEGER || this == BIGINT;
    }

    /** Whether ranges over this type are ordered by a number that partita can compute with. */
    public boolean hasAxis() {
        return integral() || temporal() || this == NUMERIC || this == UUID;
    }

    public boolean temporal() {
        return this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
    }

    /**
     * Whether a bound on a column of this type can say this limit. Beyond that a planner has nothing to create: 2038 in
     * seconds is more than an {@code integer} holds, half a day more than a {@code date} can tell.
     */
    public boolean expresses(RangeLimit limit) {
        return switch (limit.kind()) {
            case MINVALUE, MAXVALUE -> true;
            case MINUS_INFINITY, INFINITY -> temporal() || this == NUMERIC;
            case NAN -> this == NUMERIC;
            case FINITE -> expresses(limit.position());
        };
    }

    private boolean expresses(BigDecimal position) {
        return switch (this) {
            case SMALLINT -> between(position, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> between(position, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> between(position, Long.MIN_VALUE, Long.MAX_VALUE);
            case NUMERIC ->
                position.precision() - position.scale() <= NUMERIC_DIGITS && position.scale() <= NUMERIC_FRACTION;
            case DATE ->
                within(position, FIRST_MICRO, DATE_END)
                        && position.remainder(MICROS_PER_DAY).signum() == 0;
            case TIMESTAMP, TIMESTAMPTZ -> within(position, FIRST_MICRO, TIMESTAMP_END);
            case UUID -> within(position, BigDecimal.ZERO, UUID_END);
            case TEXT, BOOLEAN, ENUM, OTHER -> false;
        };
    }

    private static boolean between(BigDecimal position, long least, long greatest) {
        return within(
                position,
                BigDecimal.valueOf(least),
                BigDecimal.valueOf(greatest).add(BigDecimal.ONE));
    }

    private static boolean within(BigDecimal position, BigDecimal least, BigDecimal end) {
        return position.scale() == 0 && position.compareTo(least) >= 0 && position.compareTo(end) < 0;
    }

    /**
     * Where a value lies on the axis.
     *
     * @param text the value as PostgreSQL prints it
     * @return the place, or empty when the type has no axis or the text is not such a value
     */
    public Optional<RangeLimit> limit(String text) {
        try {
            return switch (this) {
                case SMALLINT, INTEGER, BIGINT, NUMERIC -> number(text).filter(this::expresses);
                case DATE, TIMESTAMP, TIMESTAMPTZ -> time(text).filter(this::expresses);
                case UUID -> UUID_TEXT.matcher(text).matches() ? Optional.of(uuid(text)) : Optional.empty();
                case TEXT, BOOLEAN, ENUM, OTHER -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<RangeLimit> number(String text) {
        return switch (text) {
            case "NaN" -> Optional.of(RangeLimit.NAN);
            case "Infinity" -> Optional.of(RangeLimit.INFINITY);
            case "-Infinity" -> Optional.of(RangeLimit.MINUS_INFINITY);
            default ->
                NUMBER.matcher(text).matches() ? Optional.of(RangeLimit.at(new BigDecimal(text))) : Optional.empty();
        };
    }

    private static RangeLimit uuid(String text) {
        return RangeLimit.at(new BigDecimal(new BigInteger(text.replace("-", ""), 16)));
    }

    private static Optional<RangeLimit> time(String text) {
        if (text.equals("infinity")) {
            return Optional.of(RangeLimit.INFINITY);
        }
        if (text.equals("-infinity")) {
            return Optional.of(RangeLimit.MINUS_INFINITY);
        }
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int year = digits(parts.group("year"));
        LocalDateTime local = LocalDateTime.of(
                parts.group("era") == null ? year : 1 - year,
                digits(parts.group("month")),
                digits(parts.group("day")),
                digits(parts.group("hour")),
                digits(parts.group("minute")),
                digits(parts.group("second")));
        long offset = 3600L * digits(parts.group("offset"))
                + 60L * digits(parts.group("offsetMinutes"))
                + digits(parts.group("offsetSeconds"));
        long seconds = local.toEpochSecond(ZoneOffset.UTC) + ("-".equals(parts.group("sign")) ? offset : -offset);
        String fraction = parts.group("fraction") == null ? "0" : "0." + parts.group("fraction");
        return Optional.of(RangeLimit.at(
                BigDecimal.valueOf(seconds).add(new BigDecimal(fraction)).multiply(MICROS_PER_SECOND)));
    }

    private static int digits(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /**
     * A finite or infinite limit as text for a literal; instants are written in UTC, with their offset.
     *
     * @throws IllegalArgumentException for {@code MINVALUE} and {@code MAXVALUE}, which are no values, and for a limit that
     *     this type does not {@linkplain #expresses express}
     */
    public String print(RangeLimit limit) {
        if (!expresses(limit)) {
            throw new IllegalArgumentException(sqlName() + " cannot express " + limit);
        }
        return switch (limit.kind()) {
            case MINVALUE, MAXVALUE -> throw new IllegalArgumentException(limit + " is not a value");
            case MINUS_INFINITY -> this == NUMERIC ? "-Infinity" : "-infinity";
            case INFINITY -> this == NUMERIC ? "Infinity" : "infinity";
            case NAN -> "NaN";
            case FINITE -> printFinite(limit.position());
        };
    }

    private String printFinite(BigDecimal position) {
        return switch (this) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC -> position.toPlainString();
            case DATE, TIMESTAMP, TIMESTAMPTZ -> printTime(position);
            case UUID -> printUuid(position.toBigIntegerExact());
            case TEXT, BOOLEAN, ENUM, OTHER -> throw new IllegalArgumentException(this + " has no axis");
        };
    }

    private String printTime(BigDecimal micros) {
        BigDecimal days = micros.divide(MICROS_PER_DAY, 0, RoundingMode.FLOOR);
        LocalDate day = LocalDate.ofEpochDay(days.longValueExact());
        long nanos = micros.subtract(days.multiply(MICROS_PER_DAY)).longValueExact() * 1_000L;
        boolean common = day.getYear() > 0;
        return String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d",
                        common ? day.getYear() : 1 - day.getYear(),
                        day.getMonthValue(),
                        day.getDayOfMonth())
                + (this == DATE ? "" : " " + CLOCK.format(LocalTime.ofNanoOfDay(nanos)))
                + (this == TIMESTAMPTZ ? "+00" : "")
                + (common ? "" : " BC");
    }

    private static String printUuid(BigInteger bits) {
        String hex = String.format(Locale.ROOT, "%032x", bits);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }
}
