package dev.partita.table;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a range, as a place on the axis of the key: comparable whatever the type.
 *
 * <p>Finite limits carry a number: microseconds since 1970-01-01T00:00 for dates and times, the number itself for numbers,
 * the unsigned 128 bits for UUIDs. The infinities of dates and numbers are finite bounds for PostgreSQL: {@code TO
 * ('infinity')} leaves out rows at infinity, only {@code MAXVALUE} takes them.
 */
public final class RangeLimit implements Comparable<RangeLimit> {

    /** The kinds in the order in which they lie on the axis. */
    public enum Kind {
        MINVALUE,
        MINUS_INFINITY,
        FINITE,
        INFINITY,
        NAN,
        MAXVALUE
    }

    public static final RangeLimit MINVALUE = new RangeLimit(Kind.MINVALUE, null);
    public static final RangeLimit MINUS_INFINITY = new RangeLimit(Kind.MINUS_INFINITY, null);
    public static final RangeLimit INFINITY = new RangeLimit(Kind.INFINITY, null);
    public static final RangeLimit NAN = new RangeLimit(Kind.NAN, null);
    public static final RangeLimit MAXVALUE = new RangeLimit(Kind.MAXVALUE, null);

    private static final int MAX_SCALE = 200_000;

    private final Kind kind;
    private final @Nullable BigDecimal position;

    private RangeLimit(Kind kind, @Nullable BigDecimal position) {
        this.kind = kind;
        this.position = position;
    }

    /** @throws IllegalArgumentException for a number far beyond what PostgreSQL's numeric can hold */
    public static RangeLimit at(BigDecimal position) {
        return new RangeLimit(Kind.FINITE, canonical(position));
    }

    public static RangeLimit at(long position) {
        return at(BigDecimal.valueOf(position));
    }

    /** Equal numbers are to be equal limits: no trailing zeros behind the point, no exponent before it. */
    private static BigDecimal canonical(BigDecimal position) {
        if (position.scale() == 0) {
            return position;
        }
        if (Math.abs((long) position.scale()) > MAX_SCALE) {
            throw new IllegalArgumentException("a number beyond PostgreSQL's numeric: " + position);
        }
        BigDecimal stripped = position.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    public Kind kind() {
        return kind;
    }

    public boolean finite() {
        return kind == Kind.FINITE;
    }

    /**
     * The number on the axis.
     *
     * @throws IllegalStateException unless finite
     */
    public BigDecimal position() {
        if (position == null) {
            throw new IllegalStateException(kind + " has no position");
        }
        return position;
    }

    @Override
    public int compareTo(RangeLimit other) {
        return kind == Kind.FINITE && other.kind == Kind.FINITE
                ? position().compareTo(other.position())
                : kind.compareTo(other.kind);
    }

    public boolean isBefore(RangeLimit other) {
        return compareTo(other) < 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RangeLimit limit && kind == limit.kind && Objects.equals(position, limit.position);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, position);
    }

    @Override
    public String toString() {
        return position == null ? kind.name() : position.toPlainString();
    }
}
