package dev.partita.declaration;

import dev.partita.problem.Nearest;
import dev.partita.problem.PartitaException;
import dev.partita.table.KeyType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How time is written in the key column. */
public sealed interface Encoding {

    /** The column's own type says it: what is meant when nothing is said. */
    Encoding NATIVE = new Native();

    /** The axis that this encoding gives on a column of the type; empty where the two do not fit. */
    Optional<TimeAxis> axis(KeyType type);

    /** The words of the declaration: {@code native}, {@code epoch-ms}, … */
    String word();

    /**
     * Reads one of the words that need nothing besides: all but {@code snowflake}.
     *
     * @throws PartitaException if it is none of them
     */
    static Encoding parse(String word) {
        List<Encoding> simple = Stream.concat(
                        Stream.of(NATIVE, new Uuid7()),
                        Arrays.stream(Epoch.Unit.values()).map(Epoch::new))
                .toList();
        return simple.stream()
                .filter(encoding -> encoding.word().equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> words = simple.stream().map(Encoding::word).toList();
                    return Refusal.value(
                            "encoding",
                            word.equals("snowflake")
                                    ? "snowflake needs to know when its clock begins"
                                    : "'" + word + "' is not an encoding of time",
                            Nearest.to(word, words)
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse("write one of " + String.join(", ", words)),
                            "or for Snowflake ids {snowflake: {epoch: 2010-11-04T01:42:54.657Z, shift: 22}}");
                });
    }

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

        /** An integer column holds seconds until 2038, and nothing finer. */
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
            return "epoch-" + unit.name().toLowerCase(Locale.ROOT);
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
     * @param shift bits below the milliseconds, 1 to 31, usually 22
     */
    record Snowflake(Instant epoch, int shift) implements Encoding {

        /**
         * Reads where a generator starts to count.
         *
         * @param epoch {@code 2020-01-01} (in UTC), {@code 2010-11-04T01:42:54.657Z}, or milliseconds since 1970
         * @throws PartitaException if it is none of them
         */
        public static Instant epoch(String epoch) {
            try {
                if (epoch.matches("\\d{1,15}")) {
                    return Instant.ofEpochMilli(Long.parseLong(epoch));
                }
                return epoch.matches("\\d{4}-\\d\\d-\\d\\d")
                        ? LocalDate.parse(epoch).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(epoch).toInstant();
            } catch (DateTimeException e) {
                throw Refusal.value(
                        "encoding",
                        "'" + epoch + "' is not a moment",
                        "write a date (2020-01-01), a moment with its offset (2010-11-04T01:42:54.657Z), or milliseconds"
                                + " since 1970");
            }
        }

        /** Ten bits of machine and twelve of sequence, as Twitter and TSID have them. */
        public static final int USUAL_SHIFT = 22;

        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

        /** @throws PartitaException if the shift lies outside, or the epoch outside the years 1 to 9999 */
        public Snowflake {
            if (epoch.isBefore(FIRST) || epoch.isAfter(LAST)) {
                throw Refusal.value("encoding", "no clock begins at " + epoch, "write a moment such as 2020-01-01");
            }
            if (shift < 1 || shift > 31) {
                throw Refusal.value(
                        "encoding",
                        "a shift of " + shift + " bits is none",
                        "write a whole number from 1 to 31, usually 22");
            }
        }

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
