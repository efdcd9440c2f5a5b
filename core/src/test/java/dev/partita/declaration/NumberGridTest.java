package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.sql.Identifier;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberGridTest {

    private static NumberGrid grid(String step, String anchor) {
        return new NumberGrid(new BigDecimal(step), new BigDecimal(anchor));
    }

    private static RangeLimit at(String number) {
        return RangeLimit.at(new BigDecimal(number));
    }

    @ParameterizedTest
    @CsvSource({
        "10000000, 0, 0, 0, 10000000, events_0",
        "10000000, 0, 9999999, 0, 10000000, events_0",
        "10000000, 0, 10000000, 10000000, 20000000, events_10000000",
        "10000000, 0, -1, -10000000, 0, events_m10000000",
        "1E+7, 0, 25000000, 20000000, 30000000, events_20000000",
        "100, 1, 100, 1, 101, events_1",
        "100, 1, 0, -99, 1, events_m99",
        "0.5, 0, 1.7, 1.5, 2, events_1_5",
        "0.5, 0.25, -0.3, -0.75, -0.25, events_m0_75",
        "10, 0, 9223372036854775807, 9223372036854775800, 9223372036854775810, events_9223372036854775800",
    })
    void cellsBeginAtTheAnchorAndAreAllOfOneWidth(
            String step, String anchor, String place, String from, String to, String name) {
        NumberGrid grid = grid(step, anchor);
        Cell cell = grid.cellAt(at(place));
        assertThat(cell.range()).isEqualTo(new Range(at(from), at(to)));
        assertThat(grid.isCell(cell.range())).isTrue();
        assertThat(grid.previous(grid.next(cell))).isEqualTo(cell);
        assertThat(new Naming(grid.defaultName()).name(Identifier.of("events"), token -> grid.token(token, cell)))
                .isEqualTo(Identifier.of(name));
    }

    @Test
    void knowsItsTokens() {
        NumberGrid grid = grid("100", "0");
        Cell cell = grid.cellAt(at("-150"));
        assertThat(Naming.NUMBER_TOKENS)
                .allSatisfy(token -> assertThat(grid.token(token, cell)).matches("m?[0-9]+"));
        assertThat(grid.token("n", cell)).isEqualTo("m2");
        assertThat(grid.token("to", cell)).isEqualTo("m100");
        assertThatThrownBy(() -> grid.token("yyyy", cell)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersBeyondItsReachAreNoCells() {
        NumberGrid grid = grid("0.000001", "0");
        assertThat(grid.reaches(at("1E+300"))).isFalse();
        assertThat(grid.reaches(RangeLimit.MAXVALUE)).isFalse();
        assertThat(grid.reaches(RangeLimit.MINVALUE)).isFalse();
        assertThat(grid.reaches(at("123456789.123"))).isTrue();
        assertThat(grid.isCell(new Range(at("1E+300"), at("2E+300")))).isFalse();
        assertThat(grid.isCell(new Range(at("0"), RangeLimit.MAXVALUE))).isFalse();
        assertThat(grid.isCell(new Range(RangeLimit.MINVALUE, at("0")))).isFalse();
    }

    @Test
    void aStepIsPositiveAndNoMonster() {
        assertThatThrownBy(() -> grid("0", "0")).hasMessageContaining("positive");
        assertThatThrownBy(() -> grid("-1", "0")).hasMessageContaining("positive");
        assertThatThrownBy(() -> grid("1E+999999999", "0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> grid("1", "1E-20000")).hasMessageContaining("digits");
    }
}
