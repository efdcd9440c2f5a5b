package dev.partita.declaration;

import dev.partita.table.KeyType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** How time is written in the key column. */
public sealed interface Encoding {

    /** The axis that this encoding gives on a column of the type; empty where the two do not fit. */
    Optional<TimeAxis> axis(KeyType type);

    /** The words of the declaration: {@code native}, {@code epoch-ms}, … */
    String word();

    /** The column's own type says it: date, timestamp or timestamptz. */
    record Native() implements Encoding {
        @Override
        public Optional<TimeAxis> axis(KeyType type) {
            return switch (type) {
                case DATE, TIMESTAMP -> Optional.of(new TimeAxis.WallClock());
                case TIMESTAMPTZ -> Optional.of(new TimeAxis.Instants());
                default -> Optional.empty();
            };
        }

        @Override
        public String word() {
            return "native";
        }
    }

    /**
     * A number of units since 1970 in a bigint or numeric column; seconds, until 2038, also in an integer.
     *
     * @param unit of what
     */
    record Epoch(Unit unit) implements Encoding {

        /** A second or a decimal fraction of it. */
        public enum Unit {
            S(1_000_000_000),
            MS(1_000_000),
            US(1_000),
            NS(1);

            final int nanos;
            final BigDecimal perSecond;

            Unit(int nanos) {
                this.nanos = nanos;
                this.perSecond = BigDecimal.valueOf(1_000_000_000 / nanos);
            }
        }

        @Override
        public Optional<TimeAxis> axis(KeyType type) {
            return switch (type) {
                case BIGINT, NUMERIC -> Optional.of(new TimeAxis.Epoch(unit));
                case INTEGER -> unit == Unit.S ? Optional.of(new TimeAxis.Epoch(unit)) : Optional.empty();
                default -> Optional.empty();
            };
        }

        @Override
        public String word() {
            return "epoch-" + unit.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Time-ordered UUIDs, version 7. */
    record Uuid7() implements Encoding {
        @Override
        public Optional<TimeAxis> axis(KeyType type) {
            return type == KeyType.UUID ? Optional.of(new TimeAxis.Uuid7()) : Optional.empty();
        }

        @Override
        public String word() {
            return "uuidv7";
        }
    }

    /**
     * Time-ordered 64-bit ids.
     *
     * @param epoch where the generator starts to count; Twitter's is 2010-11-04T01:42:54.657Z, TSID's 2020-01-01
     * @param shift bits below the milliseconds, usually 22
     */
    record Snowflake(Instant epoch, int shift) implements Encoding {
        @Override
        public Optional<TimeAxis> axis(KeyType type) {
            return type == KeyType.BIGINT || type == KeyType.NUMERIC
                    ? Optional.of(new TimeAxis.Snowflake(epoch, shift))
                    : Optional.empty();
        }

        @Override
        public String word() {
            return "snowflake";
        }
    }
}
