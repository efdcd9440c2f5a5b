package dev.partita.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.Encoding;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Period;
import dev.partita.declaration.Spacing;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitWordsTest {

    private static Grid grid(KeyType type, Encoding encoding) {
        return Spacing.Time.of(Period.parse("1 month"))
                .withZone(ZoneId.of("Europe/Berlin"))
                .withEncoding(encoding)
                .grid(type)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMPTZ, 2023-12-31 23:00:00+00, 2024-01-01",
        "TIMESTAMPTZ, 2024-01-01 00:00:00+00, 2024-01-01 01:00+01:00",
        "TIMESTAMP, 2024-01-01 00:00:00, 2024-01-01",
        "TIMESTAMP, 2024-01-01 06:30:00, 2024-01-01 06:30",
        "DATE, 2024-01-01, 2024-01-01",
        "DATE, infinity, INFINITY",
        "DATE, 5874897-12-31, +5874897-12-31",
    })
    void limitsOfTimeAreReadOnTheClockOfTheZone(KeyType type, String limit, String words) {
        assertThat(LimitWords.of(grid(type, Encoding.NATIVE), type.limit(limit).orElseThrow()))
                .isEqualTo(words);
    }

    /** A hand-made {@code archive} up to the largest bigint beside months in seconds since 1970. */
    @ParameterizedTest
    @CsvSource({
        "BIGINT, 1704063600, 2024-01-01",
        "BIGINT, 9223372036854775807, 9223372036854775807",
        "BIGINT, -9223372036854775808, -9223372036854775808",
        "NUMERIC, 1000000000000000000000000000000, 1000000000000000000000000000000",
    })
    void numbersThatNoCalendarReachesStayNumbers(KeyType type, String limit, String words) {
        Grid seconds = grid(type, new Encoding.Epoch(Encoding.Epoch.Unit.S));
        assertThat(LimitWords.of(seconds, type.limit(limit).orElseThrow())).isEqualTo(words);
        assertThat(LimitWords.of(seconds, RangeLimit.MAXVALUE)).isEqualTo("MAXVALUE");
    }
}
