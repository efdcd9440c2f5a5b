package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.declaration.Period.Unit;
import dev.partita.problem.PartitaException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    @ParameterizedTest
    @CsvSource({
        "1 month, 1, MONTH",
        "month, 1, MONTH",
        "months, 1, MONTH",
        "2 Months, 2, MONTH",
        "15 minutes, 15, MINUTE",
        "15minutes, 15, MINUTE",
        "' 6  hours ', 6, HOUR",
        "1 DAY, 1, DAY",
        "2 weeks, 2, WEEK",
        "1 quarter, 1, QUARTER",
        "10 years, 10, YEAR",
        "P1M, 1, MONTH",
        "P12M, 12, MONTH",
        "PT15M, 15, MINUTE",
        "PT6H, 6, HOUR",
        "P1D, 1, DAY",
        "P2W, 2, WEEK",
        "P1Y, 1, YEAR",
    })
    void readsWordsAndIso(String text, int count, Unit unit) {
        assertThat(Period.parse(text)).isEqualTo(Period.of(count, unit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "1",
                "0 days",
                "-1 day",
                "1.5 hours",
                "1 fortnight",
                "one month",
                "month 1",
                "1 month 2 days",
                "P",
                "PT",
                "P0M",
                "P1Y6M",
                "PT1S",
                "P1H",
                "p1m",
                "1 mon",
                "9999999999 days",
                "10001 years",
                "999999999 quarters",
                "١ day",
            })
    void explainsWhatAPeriodLooksLike(String text) {
        assertThatThrownBy(() -> Period.parse(text))
                .isInstanceOf(PartitaException.class)
                .hasMessageContaining("PERIOD_INVALID")
                .hasMessageContaining("is not a period")
                .hasMessageContaining("P1M");
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItPrints(Unit unit) {
        for (int count : new int[] {1, 2, 30}) {
            Period period = Period.of(count, unit);
            assertThat(Period.parse(period.toString())).isEqualTo(period);
        }
    }

    @Test
    void readsTheSameWhateverTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Period.parse("15 MINUTES")).isEqualTo(Period.of(15, Unit.MINUTE));
            assertThat(Period.of(15, Unit.MINUTE)).hasToString("15 minutes");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Chained steps would give 31 January, 29 February, 29 March: partitions that drift to the 29th for ever. */
    @Test
    void countsMonthEndsFromTheAnchorAndNeverDrifts() {
        LocalDateTime anchor = LocalDateTime.parse("2024-01-31T00:00");
        assertThat(LongStream.rangeClosed(-2, 6)
                        .mapToObj(n -> Period.of(1, Unit.MONTH)
                                .after(anchor, n)
                                .toLocalDate()
                                .toString()))
                .containsExactly(
                        "2023-11-30",
                        "2023-12-31",
                        "2024-01-31",
                        "2024-02-29",
                        "2024-03-31",
                        "2024-04-30",
                        "2024-05-31",
                        "2024-06-30",
                        "2024-07-31");
    }

    @ParameterizedTest
    @CsvSource({
        "1 year, 2024-02-29T00:00, 1, 2025-02-28T00:00",
        "1 year, 2024-02-29T00:00, 4, 2028-02-29T00:00",
        "1 quarter, 2023-11-30T00:00, 1, 2024-02-29T00:00",
        "2 quarters, 2024-01-01T00:00, 3, 2025-07-01T00:00",
        "2 weeks, 2000-01-03T00:00, -1, 1999-12-20T00:00",
        "1 day, 2024-02-28T06:00, 2, 2024-03-01T06:00",
        "90 minutes, 2024-02-28T00:00, 17, 2024-02-29T01:30",
        "6 hours, 2024-02-28T00:00, -1, 2024-02-27T18:00",
    })
    void movesTheAnchorOnTheWallClock(String period, LocalDateTime anchor, long n, LocalDateTime expected) {
        assertThat(Period.parse(period).after(anchor, n)).isEqualTo(expected);
    }

    @Test
    void doesNotOverflowSilently() {
        assertThatThrownBy(() -> Period.of(999, Unit.DAY).after(LocalDateTime.parse("2024-01-01T00:00"), 1L << 55))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Period.of(1, Unit.QUARTER).after(LocalDateTime.parse("2024-01-01T00:00"), 1L << 62))
                .isInstanceOf(ArithmeticException.class);
        assertThat(Period.of(Integer.MAX_VALUE, Unit.MINUTE).elapsed())
                .isEqualTo(Duration.ofMinutes(Integer.MAX_VALUE));
    }

    @Test
    void isAtLeastOneAndAtMostTenThousandYears() {
        assertThatThrownBy(() -> Period.of(0, Unit.DAY)).hasMessageContaining("'0 days' is not a period");
        assertThat(Period.of(10_000, Unit.YEAR).count()).isEqualTo(10_000);
        assertThatThrownBy(() -> Period.of(10_001, Unit.YEAR)).hasMessageContaining("'10001 years' is not a period");
    }

    @Test
    void knowsAnExactLengthOnlyWhereThereIsOne() {
        assertThat(Period.of(15, Unit.MINUTE).elapsed()).isEqualTo(Duration.ofMinutes(15));
        assertThat(Period.of(6, Unit.HOUR).elapsed()).isEqualTo(Duration.ofHours(6));
        assertThatThrownBy(() -> Period.of(1, Unit.DAY).elapsed()).isInstanceOf(IllegalStateException.class);
        assertThat(Period.of(2, Unit.WEEK).roughSeconds()).isEqualTo(14 * 86_400d);
    }
}
