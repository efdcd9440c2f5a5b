package dev.partita.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangeLimitTest {

    @Test
    void liesOnTheAxisInPostgresOrder() {
        List<RangeLimit> ordered = List.of(
                RangeLimit.MINVALUE,
                RangeLimit.MINUS_INFINITY,
                RangeLimit.at(-1),
                RangeLimit.at(0),
                RangeLimit.at(new BigDecimal("0.5")),
                RangeLimit.at(Long.MAX_VALUE),
                RangeLimit.INFINITY,
                RangeLimit.NAN,
                RangeLimit.MAXVALUE);
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(ordered.get(i).isBefore(ordered.get(j))).isEqualTo(i < j);
                assertThat(ordered.get(i).equals(ordered.get(j))).isEqualTo(i == j);
            }
        }
    }

    @Test
    void isTheSameHoweverItsNumberIsWritten() {
        for (String text : List.of("100", "100.0", "1E+2", "100.00000", "10E1")) {
            assertThat(RangeLimit.at(new BigDecimal(text)))
                    .isEqualTo(RangeLimit.at(100))
                    .hasSameHashCodeAs(RangeLimit.at(100))
                    .hasToString("100");
        }
        assertThat(RangeLimit.at(new BigDecimal("0.000"))).isEqualTo(RangeLimit.at(0));
        assertThat(RangeLimit.at(new BigDecimal("1.50"))).hasToString("1.5");
    }

    @Test
    void refusesNumbersThatWouldFillTheMemory() {
        assertThatThrownBy(() -> RangeLimit.at(new BigDecimal("1E+999999999")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RangeLimit.at(new BigDecimal("1E-999999999")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAPositionOnlyWhereItIsFinite() {
        assertThat(RangeLimit.at(7).position()).isEqualTo(BigDecimal.valueOf(7));
        assertThatThrownBy(RangeLimit.INFINITY::position).isInstanceOf(IllegalStateException.class);
    }
}
