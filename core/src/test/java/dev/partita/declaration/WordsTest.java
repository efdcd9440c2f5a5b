package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.problem.PartitaException;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small words of a declaration: periods, limits, policies. */
class WordsTest {

    @ParameterizedTest
    @CsvSource({
        "1 month, 1 month",
        "month, 1 month",
        "P1M, 1 month",
        "PT1M, 1 minute",
        "15 Minutes, 15 minutes",
        "2weeks, 2 weeks",
        "P2W, 2 weeks",
        "10000 years, 10000 years",
    })
    void readsPeriods(String text, String period) {
        assertThat(Period.parse(text)).hasToString(period);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 months",
                "-1 month",
                "1.5 months",
                "1 mnth",
                "P1Y6M",
                "P0D",
                "P-1M",
                "1 month 3 days",
                "10001 years",
                "999999999 days",
                "99999999999 days",
                "s",
                "1 s"
            })
    void refusesWhatIsNoPeriod(String text) {
        assertThatThrownBy(() -> Period.parse(text))
                .isInstanceOf(PartitaException.class)
                .hasMessageContaining("PERIOD_INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "24 months, 24 months",
        "1 partition, 1 partition",
        "36 partitions, 36 partitions",
        "500 GB, 500 GB",
        "1024 mb, 1 GB",
        "1536 MB, 1536 MB",
        "17 bytes, 17 bytes",
    })
    void readsLimits(String text, String keep) {
        assertThat(Retention.Keep.parse(text)).hasToString(keep);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 partitions", "0 GB", "10", "many", "5 GiB", "-3 partitions"})
    void refusesLimitsThatKeepNothing(String text) {
        assertThatThrownBy(() -> Retention.Keep.parse(text)).hasMessageContaining("is no limit to keep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allert", "acept", "non", "nine", "no", "NO", "true", "Alert", ""})
    void aDefaultIsNeverNamedByASlipOfThePen(String word) {
        assertThatThrownBy(() -> DefaultPartition.parse(word)).hasMessageContaining("VALUE_INVALID");
    }

    @Test
    void aDefaultIsNamedByAnyOtherWord() {
        assertThat(DefaultPartition.parse("other_regions"))
                .isEqualTo(new DefaultPartition(DefaultPartition.Policy.ACCEPT, "other_regions"));
        assertThat(DefaultPartition.parse("alert")).isEqualTo(DefaultPartition.ALERT);
        assertThatThrownBy(() -> DefaultPartition.parse("none", "rest"))
                .hasMessageContaining("there is to be no default");
    }

    @Test
    void readsDatesOnTheWallClock() {
        assertThat(Spacing.Time.local("from", "2024-01-01")).isEqualTo(LocalDateTime.of(2024, 1, 1, 0, 0));
        assertThat(Spacing.Time.local("from", "2024-01-01 06:30")).isEqualTo(LocalDateTime.of(2024, 1, 1, 6, 30));
        assertThatThrownBy(() -> Spacing.Time.local("from", "2024-02-30")).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Spacing.Time.local("from", "2024-02-01T00:00Z"))
                .hasMessageContaining("carries an offset");
        assertThatThrownBy(() -> Spacing.Time.local("from", "0000-02-01")).hasMessageContaining("neither a date");
    }

    @Test
    void readsWhereAClockBegins() {
        assertThat(Encoding.Snowflake.epoch("2020-01-01")).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(Encoding.Snowflake.epoch("1288834974657")).isEqualTo(Instant.parse("2010-11-04T01:42:54.657Z"));
        assertThatThrownBy(() -> Encoding.Snowflake.epoch("last year")).hasMessageContaining("is not a moment");
        assertThat(Encoding.Snowflake.epoch("2010-11-04T01:42:54.657Z"))
                .isEqualTo(Instant.parse("2010-11-04T01:42:54.657Z"));
    }

    @Test
    void knowsStorageParametersAndTheirLimits() {
        assertThat(LeafOptions.NONE
                        .with("fillfactor", "70")
                        .with("toast.autovacuum_enabled", "off")
                        .storage())
                .hasSize(2);
        assertThatThrownBy(() -> LeafOptions.NONE.with("fillfactor", "9")).hasMessageContaining("from 10 to 100");
        assertThatThrownBy(() -> LeafOptions.NONE.with("fillfactor", "70) ; drop table x; --"))
                .hasMessageContaining("from 10 to 100");
        assertThatThrownBy(() -> LeafOptions.NONE.with("autovacuum_enabled", "maybe"))
                .hasMessageContaining("one of true, false, on, off, yes, no, 1, 0");
        assertThatThrownBy(() -> LeafOptions.NONE.with("autovacuum_vacuum_scale_factr", "0.1"))
                .hasMessageContaining("did you mean autovacuum_vacuum_scale_factor?");
    }
}
