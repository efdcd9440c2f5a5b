package dev.partita.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4,6})-(\\d\\d)-(\\d\\d)"
                    + "(?:[ T](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?)?(?:([+-]\\d\\d)(?::(\\d\\d)(?::(\\d\\d))?)?)?( BC)?");

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

    /** The largest finite limit a column of this type can express, if the type has one that calculations may meet. */
    public Optional<RangeLimit> largest() {
        return switch (this) {
            case SMALLINT -> Optional.of(RangeLimit.at(Short.MAX_VALUE));
            case INTEGER -> Optional.of(RangeLimit.at(Integer.MAX_VALUE));
            case BIGINT -> Optional.of(RangeLimit.at(Long.MAX_VALUE));
            case UUID ->
                Optional.of(RangeLimit.at(
                        new BigDecimal(BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE))));
            default -> Optional.empty();
        };
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
                case SMALLINT, INTEGER, BIGINT -> Optional.of(RangeLimit.at(new BigDecimal(new BigInteger(text))));
                case NUMERIC -> Optional.of(numeric(text));
                case DATE, TIMESTAMP, TIMESTAMPTZ -> time(text);
                case UUID -> Optional.of(RangeLimit.at(new BigDecimal(new BigInteger(text.replace("-", ""), 16))));
                case TEXT, BOOLEAN, ENUM, OTHER -> Optional.empty();
            };
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static RangeLimit numeric(String text) {
        return switch (text) {
            case "NaN" -> RangeLimit.NAN;
            case "Infinity" -> RangeLimit.INFINITY;
            case "-Infinity" -> RangeLimit.MINUS_INFINITY;
            default -> RangeLimit.at(new BigDecimal(text));
        };
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
        int year = number(parts.group(1));
        LocalDateTime local = LocalDateTime.of(
                parts.group(11) == null ? year : 1 - year,
                number(parts.group(2)),
                number(parts.group(3)),
                number(parts.group(4)),
                number(parts.group(5)),
                number(parts.group(6)));
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        long micros = fraction.isEmpty() ? 0 : Long.parseLong((fraction + "000000").substring(0, 6));
        long offset = parts.group(8) == null
                ? 0
                : (parts.group(8).startsWith("-") ? -1L : 1L)
                        * (Math.abs(number(parts.group(8))) * 3600L
                                + number(parts.group(9)) * 60L
                                + number(parts.group(10)));
        return Optional.of(RangeLimit.at(
                Math.addExact(Math.multiplyExact(local.toEpochSecond(ZoneOffset.UTC) - offset, 1_000_000L), micros)));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /**
     * A finite or infinite limit as text for a literal; instants are written with their offset.
     *
     * @throws IllegalArgumentException for {@code MINVALUE} and {@code MAXVALUE}, which are no values, for a type without
     *     an axis, and for a place the type cannot express, such as half a day for a date
     */
    public String print(RangeLimit limit) {
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
            case SMALLINT, INTEGER, BIGINT -> position.toBigIntegerExact().toString();
            case NUMERIC -> position.toPlainString();
            case DATE -> {
                long micros = position.longValueExact();
                if (Math.floorMod(micros, MICROS_PER_DAY) != 0) {
                    throw new IllegalArgumentException("a date cannot express part of a day");
                }
                yield printTime(micros).substring(0, printTime(micros).indexOf(' '));
            }
            case TIMESTAMP -> printTime(position.longValueExact());
            case TIMESTAMPTZ -> printTime(position.longValueExact()) + "+00";
            case UUID -> printUuid(position.toBigIntegerExact());
            case TEXT, BOOLEAN, ENUM, OTHER -> throw new IllegalArgumentException(this + " has no axis");
        };
    }

    private static String printTime(long micros) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
        if (local.getYear() < 1) {
            throw new IllegalArgumentException("partita writes no bound before the year 1");
        }
        String fraction = local.get(ChronoField.MICRO_OF_SECOND) == 0
                ? ""
                : String.format(Locale.ROOT, ".%06d", local.get(ChronoField.MICRO_OF_SECOND));
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d %02d:%02d:%02d%s",
                local.getYear(),
                local.getMonthValue(),
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond(),
                fraction);
    }

    private static String printUuid(BigInteger bits) {
        String hex = String.format(Locale.ROOT, "%032x", bits);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }
}
