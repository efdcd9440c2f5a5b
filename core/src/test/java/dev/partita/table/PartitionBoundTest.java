package dev.partita.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.table.PartitionBound.Default;
import dev.partita.table.PartitionBound.Hash;
import dev.partita.table.PartitionBound.Opaque;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.PartitionBound.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionBoundTest {

    private static Range range(long from, long to) {
        return new Range(RangeLimit.at(from), RangeLimit.at(to));
    }

    private static Values values(String... texts) {
        Set<ListValue> values = new LinkedHashSet<>();
        for (String text : texts) {
            values.add(text.equals("NULL") ? ListValue.NULL : new ListValue(text));
        }
        return new Values(values);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 10, 20, false",
        "0, 10, 9, 20, true",
        "0, 10, 0, 10, true",
        "0, 10, 3, 4, true",
        "0, 10, 20, 30, false",
        "-5, 0, -1, 1, true",
    })
    void rangesOverlapWhereARowCouldBelongToBoth(long from, long to, long otherFrom, long otherTo, boolean overlap) {
        assertThat(range(from, to).overlaps(range(otherFrom, otherTo))).isEqualTo(overlap);
        assertThat(range(otherFrom, otherTo).overlaps(range(from, to))).isEqualTo(overlap);
    }

    @Test
    void openRangesOverlapEverythingOnTheirSide() {
        Range past = new Range(RangeLimit.MINVALUE, RangeLimit.at(0));
        Range future = new Range(RangeLimit.at(0), RangeLimit.MAXVALUE);
        Range almostAll = new Range(RangeLimit.MINUS_INFINITY, RangeLimit.INFINITY);
        assertThat(past.overlaps(future)).isFalse();
        assertThat(past.overlaps(almostAll)).isTrue();
        assertThat(future.overlaps(almostAll)).isTrue();
        assertThat(future.overlaps(new Range(RangeLimit.INFINITY, RangeLimit.MAXVALUE)))
                .isTrue();
        assertThat(almostAll.contains(RangeLimit.INFINITY)).isFalse();
        assertThat(almostAll.contains(RangeLimit.MINUS_INFINITY)).isTrue();
    }

    @Test
    void aRangeContainsItsBeginButNotItsEnd() {
        assertThat(range(1, 3).contains(RangeLimit.at(1))).isTrue();
        assertThat(range(1, 3).contains(RangeLimit.at(3))).isFalse();
        assertThatThrownBy(() -> range(3, 3)).hasMessageContaining("empty");
        assertThatThrownBy(() -> range(3, 1)).hasMessageContaining("empty");
    }

    @Test
    void listsOverlapWhereTheyShareAValue() {
        assertThat(values("AS", "OC").overlaps(values("OC"))).isTrue();
        assertThat(values("AS", "OC").overlaps(values("EU", "NULL"))).isFalse();
        assertThat(values("NULL").overlaps(values("EU", "NULL"))).isTrue();
        assertThat(values("NULL")).isNotEqualTo(new Values(Set.of(new ListValue("NULL"))));
    }

    @Test
    void listsKeepTheirOrderButEqualInAny() {
        assertThat(values("OC", "AS", "EU").values())
                .extracting(ListValue::text)
                .containsExactly("OC", "AS", "EU");
        assertThat(values("OC", "AS")).isEqualTo(values("AS", "OC")).hasSameHashCodeAs(values("AS", "OC"));
        assertThatThrownBy(() -> new Values(Set.of())).hasMessageContaining("without a value");
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, 4, 0, true",
        "4, 0, 4, 1, false",
        "4, 1, 8, 5, true",
        "4, 1, 8, 1, true",
        "4, 1, 8, 2, false",
        "1, 0, 7, 3, true",
        // PostgreSQL refuses such a pair, but a hash of 4 would belong to both
        "4, 0, 6, 4, true",
        "4, 0, 6, 3, false",
    })
    void hashesOverlapWhereSomeNumberLeavesBothRemainders(
            int modulus, int remainder, int otherModulus, int otherRemainder, boolean overlap) {
        assertThat(new Hash(modulus, remainder).overlaps(new Hash(otherModulus, otherRemainder)))
                .isEqualTo(overlap);
        assertThat(new Hash(otherModulus, otherRemainder).overlaps(new Hash(modulus, remainder)))
                .isEqualTo(overlap);
    }

    @Test
    void aHashKnowsItsRemainders() {
        assertThatThrownBy(() -> new Hash(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hash(4, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Hash(4, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    static List<PartitionBound> kinds() {
        return List.of(range(0, 1), values("EU"), new Hash(1, 0), new Default(), new Opaque("…"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void kindsDoNotMixButWhatCannotBeReadMayBeAnywhere(PartitionBound bound) {
        for (PartitionBound other : kinds()) {
            boolean same = bound.getClass() == other.getClass();
            boolean unread = bound instanceof Opaque || other instanceof Opaque;
            boolean rest = bound instanceof Default || other instanceof Default;
            assertThat(bound.overlaps(other)).as(bound + " and " + other).isEqualTo(same || unread && !rest);
        }
    }
}
