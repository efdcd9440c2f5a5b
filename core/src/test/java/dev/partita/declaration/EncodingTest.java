package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.declaration.Encoding.Epoch;
import dev.partita.declaration.Encoding.Epoch.Unit;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest {

    /** When Twitter's generator began to count. */
    private static final Instant TWITTER = Instant.parse("2010-11-04T01:42:54.657Z");

    private static Set<KeyType> fits(Encoding encoding) {
        Set<KeyType> types = EnumSet.noneOf(KeyType.class);
        Arrays.stream(KeyType.values())
                .filter(type -> encoding.axis(type).isPresent())
                .forEach(types::add);
        return types;
    }

    @Test
    void fitsTheTypesThatCanHoldThePresent() {
        assertThat(fits(new Encoding.Native()))
                .containsExactlyInAnyOrder(KeyType.DATE, KeyType.TIMESTAMP, KeyType.TIMESTAMPTZ);
        assertThat(fits(new Epoch(Unit.S))).containsExactlyInAnyOrder(KeyType.INTEGER, KeyType.BIGINT, KeyType.NUMERIC);
        assertThat(fits(new Epoch(Unit.MS))).containsExactlyInAnyOrder(KeyType.BIGINT, KeyType.NUMERIC);
        assertThat(fits(new Encoding.Uuid7())).containsExactly(KeyType.UUID);
        assertThat(fits(new Encoding.Snowflake(TWITTER, 22)))
                .containsExactlyInAnyOrder(KeyType.BIGINT, KeyType.NUMERIC);
    }

    @ParameterizedTest
    @CsvSource({
        "S, 1704067200",
        "MS, 1704067200123",
        "US, 1704067200123456",
        "NS, 1704067200123456789",
    })
    void epochsCountTheirUnits(Unit unit, long units) {
        TimeAxis axis = new TimeAxis.Epoch(unit);
        assertThat(axis.place(Instant.parse("2024-01-01T00:00:00.123456789Z"))).isEqualTo(RangeLimit.at(units));
    }

    @Test
    void timesBefore1970AreRoundedDownToo() {
        Instant instant = Instant.parse("1969-12-31T23:59:59.999999999Z");
        assertThat(new TimeAxis.Epoch(Unit.S).place(instant)).isEqualTo(RangeLimit.at(-1));
        assertThat(new TimeAxis.Epoch(Unit.US).place(instant)).isEqualTo(RangeLimit.at(-1));
        assertThat(new TimeAxis.Epoch(Unit.NS).place(instant)).isEqualTo(RangeLimit.at(-1));
        assertThat(new TimeAxis.Epoch(Unit.NS).instant(RangeLimit.at(-1))).isEqualTo(instant);
        assertThat(new TimeAxis.Epoch(Unit.NS).instant(RangeLimit.at(new BigDecimal("-0.5"))))
                .isEqualTo(instant);
        assertThat(new TimeAxis.Epoch(Unit.S).instant(RangeLimit.at(new BigDecimal("-0.5"))))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.5Z"));
    }

    @Test
    void uuidsCarryMillisecondsInTheirFirst48Bits() {
        TimeAxis axis = new TimeAxis.Uuid7();
        RangeLimit begin = axis.place(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(KeyType.UUID.print(begin)).isEqualTo("018cc251-f400-0000-0000-000000000000");
        RangeLimit made =
                KeyType.UUID.limit("018cc251-f400-7abc-8def-0123456789ab").orElseThrow();
        assertThat(begin.isBefore(made)).isTrue();
        assertThat(axis.instant(made)).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(KeyType.UUID.expresses(axis.place(Instant.parse("+10889-08-02T05:31:50.655Z"))))
                .isTrue();
        assertThat(KeyType.UUID.expresses(axis.place(Instant.parse("+10889-08-02T05:31:50.656Z"))))
                .isFalse();
        assertThat(KeyType.UUID.expresses(axis.place(Instant.parse("1969-12-31T23:59:59Z"))))
                .isFalse();
    }

    /** The id of a tweet, and the time at which it was written. */
    @Test
    void snowflakesCarryMillisecondsSinceTheirOwnEpoch() {
        TimeAxis axis = new TimeAxis.Snowflake(TWITTER, 22);
        Instant written = Instant.parse("2022-06-28T16:07:40.105Z");
        assertThat(axis.instant(RangeLimit.at(1541815603606036480L))).isEqualTo(written);
        assertThat(axis.place(written)).isEqualTo(RangeLimit.at(1541815603606036480L >> 22 << 22));
        assertThat(axis.place(TWITTER)).isEqualTo(RangeLimit.at(0));
        assertThat(axis.place(TWITTER.minusMillis(1))).isEqualTo(RangeLimit.at(-(1 << 22)));
        assertThat(KeyType.BIGINT.expresses(axis.place(Instant.parse("2080-07-01T00:00:00Z"))))
                .isTrue();
        assertThat(KeyType.BIGINT.expresses(axis.place(Instant.parse("2080-08-01T00:00:00Z"))))
                .isFalse();
        assertThatThrownBy(() -> new TimeAxis.Snowflake(TWITTER, 0)).hasMessageContaining("shift");
        assertThatThrownBy(() -> new TimeAxis.Snowflake(TWITTER, 32)).hasMessageContaining("shift");
    }

    @Test
    void axesHoldAllInstantsThatJavaKnows() {
        for (TimeAxis axis : List.of(
                new TimeAxis.Instants(),
                new TimeAxis.WallClock(),
                new TimeAxis.Epoch(Unit.NS),
                new TimeAxis.Uuid7(),
                new TimeAxis.Snowflake(TWITTER, 31))) {
            for (Instant instant : List.of(Instant.MIN, Instant.parse("-9999-01-01T00:00:00.125Z"))) {
                assertThat(axis.instant(axis.place(instant))).isEqualTo(instant);
            }
        }
    }

    @Test
    void datesCannotBeDividedWithinTheDay() {
        assertThat(spacing("1 hour", "2000-01-01T00:00").grid(KeyType.DATE)).isEmpty();
        assertThat(spacing("1 day", "2000-01-01T06:00").grid(KeyType.DATE)).isEmpty();
        assertThat(spacing("1 day", "2000-01-01T06:00").grid(KeyType.TIMESTAMP)).isPresent();
        assertThat(spacing("1 day", "2000-01-01T00:00").grid(KeyType.DATE)).isPresent();
        assertThatThrownBy(() -> spacing("1 day", "2000-01-01T00:00:00.001")).hasMessageContaining("anchor");
    }

    private static Spacing spacing(String every, String anchor) {
        return new Spacing.Time(
                Period.parse(every),
                ZoneOffset.UTC,
                Optional.of(LocalDateTime.parse(anchor)),
                new Encoding.Native(),
                Optional.empty());
    }

    @Test
    void isCalledByTheWordsOfTheDeclaration() {
        assertThat(List.of(
                                new Encoding.Native(),
                                new Epoch(Unit.MS),
                                new Encoding.Uuid7(),
                                new Encoding.Snowflake(TWITTER, 22))
                        .stream()
                        .map(Encoding::word))
                .containsExactly("native", "epoch-ms", "uuidv7", "snowflake");
    }
}
