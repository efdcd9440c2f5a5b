package dev.partita.table;

import static dev.partita.table.KeyType.BIGINT;
import static dev.partita.table.KeyType.DATE;
import static dev.partita.table.KeyType.INTEGER;
import static dev.partita.table.KeyType.NUMERIC;
import static dev.partita.table.KeyType.SMALLINT;
import static dev.partita.table.KeyType.TIMESTAMP;
import static dev.partita.table.KeyType.UUID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTypeTest {

    @ParameterizedTest
    @CsvSource({
        "SMALLINT, -32768",
        "SMALLINT, 32767",
        "INTEGER, 2147483647",
        "INTEGER, -2147483648",
        "BIGINT, 0",
        "BIGINT, 9223372036854775807",
        "BIGINT, -9223372036854775808",
        "NUMERIC, 0.01",
        "NUMERIC, -1234567890123456789012345678901234567890.5",
        "NUMERIC, NaN",
        "NUMERIC, Infinity",
        "NUMERIC, -Infinity",
        "DATE, 2024-01-31",
        "DATE, 0001-01-01",
        "DATE, 0001-12-31 BC",
        "DATE, 0044-03-15 BC",
        "DATE, 4714-11-24 BC",
        "DATE, 10000-01-01",
        "DATE, 294277-01-01",
        "DATE, 5874897-12-31",
        "DATE, infinity",
        "DATE, -infinity",
        "TIMESTAMP, 2024-01-31 00:00:00",
        "TIMESTAMP, 2024-01-31 23:59:59.999999",
        "TIMESTAMP, 2024-01-31 00:00:00.5",
        "TIMESTAMP, 4714-11-24 00:00:00 BC",
        "TIMESTAMP, 294276-12-31 23:59:59.999999",
        "TIMESTAMP, 1969-12-31 23:59:59.999999",
        "TIMESTAMP, infinity",
        "TIMESTAMPTZ, 2024-01-31 00:00:00+00",
        "TIMESTAMPTZ, 0044-03-15 12:00:00.000001+00 BC",
        "TIMESTAMPTZ, -infinity",
        "UUID, 00000000-0000-0000-0000-000000000000",
        "UUID, 018cc251-f400-0000-0000-000000000000",
        "UUID, ffffffff-ffff-ffff-ffff-ffffffffffff",
    })
    void printsWhatItReads(KeyType type, String text) {
        RangeLimit limit = type.limit(text).orElseThrow();
        assertThat(type.print(limit)).isEqualTo(text);
        assertThat(type.expresses(limit)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 2024-01-31, 2024-01-31T00:00:00Z",
        "DATE, 0044-03-15 BC, -0043-03-15T00:00:00Z",
        "TIMESTAMP, 2024-01-31 12:30:15.25, 2024-01-31T12:30:15.25Z",
        "TIMESTAMPTZ, 2024-01-31 00:00:00+01, 2024-01-30T23:00:00Z",
        "TIMESTAMPTZ, 2024-01-31 00:00:00-03:30, 2024-01-31T03:30:00Z",
        "TIMESTAMPTZ, 2024-01-31 00:00:00-00:30, 2024-01-31T00:30:00Z",
        "TIMESTAMPTZ, 1890-01-01 00:00:00+00:53:28, 1889-12-31T23:06:32Z",
    })
    void placesTimesInMicrosecondsSince1970(KeyType type, String text, Instant instant) {
        BigDecimal micros =
                BigDecimal.valueOf(instant.getEpochSecond(), -6).add(BigDecimal.valueOf(instant.getNano(), 3));
        assertThat(type.limit(text)).contains(RangeLimit.at(micros));
    }

    @ParameterizedTest
    @CsvSource({
        "SMALLINT, 32768",
        "INTEGER, 2147483648",
        "INTEGER, 1.5",
        "INTEGER, ten",
        "INTEGER, NaN",
        "INTEGER, ''",
        "BIGINT, 9223372036854775808",
        "NUMERIC, 1e5",
        "NUMERIC, nan",
        "NUMERIC, 1e999999999",
        "DATE, 2024-02-30",
        "DATE, 01.02.2024",
        "DATE, 02/01/2024",
        "DATE, 2024-01-31 12:00:00",
        "DATE, 5874898-01-01",
        "DATE, 4714-11-23 BC",
        "TIMESTAMP, 294277-01-01 00:00:00",
        "TIMESTAMP, 9999999-01-01 00:00:00",
        "TIMESTAMP, 2024-01-31 25:00:00",
        "TIMESTAMPTZ, 2024-01-31 00:00:00 CET",
        "UUID, 018cc251f40000000000000000000000",
        "UUID, 018cc251-f400-0000-0000-00000000000g",
        "UUID, infinity",
        "TEXT, 5",
        "BOOLEAN, true",
        "ENUM, paid",
        "OTHER, 5",
    })
    void readsNothingIntoWhatIsNoSuchValue(KeyType type, String text) {
        assertThat(type.limit(text)).isEmpty();
    }

    @Test
    void saysWhatItCannotExpress() {
        RangeLimit afterY2038 =
                RangeLimit.at(Instant.parse("2038-02-01T00:00:00Z").getEpochSecond());
        assertThat(INTEGER.expresses(afterY2038)).isFalse();
        assertThat(BIGINT.expresses(afterY2038)).isTrue();
        assertThat(SMALLINT.expresses(RangeLimit.at(32768))).isFalse();
        assertThat(DATE.expresses(RangeLimit.at(43_200_000_000L))).isFalse();
        assertThat(TIMESTAMP.expresses(RangeLimit.at(43_200_000_000L))).isTrue();
        assertThat(TIMESTAMP.expresses(RangeLimit.at(new BigDecimal("0.5")))).isFalse();
        assertThat(UUID.expresses(RangeLimit.at(new BigDecimal(BigInteger.ONE.shiftLeft(128)))))
                .isFalse();
        assertThat(UUID.expresses(RangeLimit.at(-1))).isFalse();
        assertThat(NUMERIC.expresses(RangeLimit.at(new BigDecimal("1E+131071"))))
                .isTrue();
        assertThat(NUMERIC.expresses(RangeLimit.at(new BigDecimal("1E+131072"))))
                .isFalse();
        assertThat(NUMERIC.expresses(RangeLimit.at(new BigDecimal("1E-16383")))).isTrue();
        assertThat(NUMERIC.expresses(RangeLimit.at(new BigDecimal("1E-16384")))).isFalse();
        assertThat(INTEGER.expresses(RangeLimit.INFINITY)).isFalse();
        assertThat(DATE.expresses(RangeLimit.NAN)).isFalse();
        assertThatThrownBy(() -> DATE.print(RangeLimit.at(43_200_000_000L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("date cannot express");
        assertThatThrownBy(() -> UUID.print(RangeLimit.at(-1))).hasMessageContaining("uuid cannot express");
    }

    @ParameterizedTest
    @EnumSource
    void neverPrintsKeywordsAsValues(KeyType type) {
        assertThat(type.expresses(RangeLimit.MINVALUE)).isTrue();
        assertThatThrownBy(() -> type.print(RangeLimit.MINVALUE)).hasMessageContaining("not a value");
        assertThatThrownBy(() -> type.print(RangeLimit.MAXVALUE)).hasMessageContaining("not a value");
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "BOOLEAN", "ENUM", "OTHER"})
    void hasNoAxisForWhatPartitaCannotComputeWith(KeyType type) {
        assertThat(type.hasAxis()).isFalse();
        assertThat(type.expresses(RangeLimit.at(0))).isFalse();
        assertThatThrownBy(() -> type.print(RangeLimit.at(0))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "int2, SMALLINT, smallint",
        "int4, INTEGER, integer",
        "int8, BIGINT, bigint",
        "numeric, NUMERIC, numeric",
        "date, DATE, date",
        "timestamp, TIMESTAMP, timestamp without time zone",
        "timestamptz, TIMESTAMPTZ, timestamp with time zone",
        "uuid, UUID, uuid",
        "varchar, TEXT, text",
        "bool, BOOLEAN, boolean",
        "bytea, OTHER, other",
        "float8, OTHER, other",
    })
    void isKnownByItsCatalogName(String catalogName, KeyType type, String sqlName) {
        assertThat(KeyType.ofCatalogName(catalogName)).isEqualTo(type);
        assertThat(type.sqlName()).isEqualTo(sqlName);
    }
}
