package dev.partita.declaration;

import dev.partita.declaration.Encoding.Epoch.Unit;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** How an instant lies on the axis of a key column. */
public sealed interface TimeAxis {

    /** Where the instant lies; for finer instants than the axis can express, the place at or before it. */
    RangeLimit place(Instant instant);

    /**
     * The instant of a finite place, rounded down to the nanosecond.
     *
     * @throws ArithmeticException for places far outside the years that Java knows
     * @throws java.time.DateTimeException for places just outside them
     */
    Instant instant(RangeLimit place);

    /** Whether values are wall-clock times without a zone; then the axis is read as if it were UTC. */
    default boolean local() {
        return false;
    }

    /** Whole units since 1970, rounded down. */
    private static BigDecimal units(Instant instant, Unit unit) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .multiply(unit.perSecond)
                .add(BigDecimal.valueOf(instant.getNano() / unit.nanos));
    }

    private static Instant instant(BigDecimal units, Unit unit) {
        BigDecimal seconds = units.divide(unit.perSecond, 0, RoundingMode.FLOOR);
        BigDecimal rest = units.subtract(seconds.multiply(unit.perSecond));
        return Instant.ofEpochSecond(
                seconds.longValueExact(),
                rest.multiply(BigDecimal.valueOf(unit.nanos)).longValue());
    }

    /** {@code date} and {@code timestamp}: microseconds of the wall clock. */
    record WallClock() implements TimeAxis {
        @Override
        public RangeLimit place(Instant instant) {
            return RangeLimit.at(units(instant, Unit.US));
        }

        @Override
        public Instant instant(RangeLimit place) {
            return TimeAxis.instant(place.position(), Unit.US);
        }

        @Override
        public boolean local() {
            return true;
        }
    }

    /** {@code timestamptz}: microseconds since 1970 in UTC. */
    record Instants() implements TimeAxis {
        @Override
        public RangeLimit place(Instant instant) {
            return RangeLimit.at(units(instant, Unit.US));
        }

        @Override
        public Instant instant(RangeLimit place) {
            return TimeAxis.instant(place.position(), Unit.US);
        }
    }

    /**
     * Whole units since 1970 in an integer or numeric column.
     *
     * @param unit of what
     */
    record Epoch(Unit unit) implements TimeAxis {
        @Override
        public RangeLimit place(Instant instant) {
            return RangeLimit.at(units(instant, unit));
        }

        @Override
        public Instant instant(RangeLimit place) {
            return TimeAxis.instant(place.position(), unit);
        }
    }

    /** UUID version 7 (RFC 9562): milliseconds since 1970 in the first 48 bits; bounds are zero below. */
    record Uuid7() implements TimeAxis {
        private static final int SHIFT = 80;

        @Override
        public RangeLimit place(Instant instant) {
            return RangeLimit.at(shifted(units(instant, Unit.MS), SHIFT));
        }

        @Override
        public Instant instant(RangeLimit place) {
            return TimeAxis.instant(unshifted(place.position(), SHIFT), Unit.MS);
        }
    }

    /**
     * Snowflake and TSID: milliseconds since an epoch of their own, above some bits of sequence.
     *
     * @param epoch where the generator starts to count
     * @param shift how many bits lie below the milliseconds, 1 to 31
     */
    record Snowflake(Instant epoch, int shift) implements TimeAxis {

        public Snowflake {
            if (shift < 1 || shift > 31) {
                throw new IllegalArgumentException("a shift lies between 1 and 31 bits, not " + shift);
            }
        }

        @Override
        public RangeLimit place(Instant instant) {
            return RangeLimit.at(shifted(units(instant, Unit.MS).subtract(units(epoch, Unit.MS)), shift));
        }

        @Override
        public Instant instant(RangeLimit place) {
            return TimeAxis.instant(unshifted(place.position(), shift).add(units(epoch, Unit.MS)), Unit.MS);
        }
    }

    private static BigDecimal shifted(BigDecimal units, int bits) {
        return new BigDecimal(units.toBigIntegerExact().shiftLeft(bits));
    }

    private static BigDecimal unshifted(BigDecimal position, int bits) {
        return new BigDecimal(
                position.setScale(0, RoundingMode.FLOOR).toBigIntegerExact().shiftRight(bits));
    }
}
