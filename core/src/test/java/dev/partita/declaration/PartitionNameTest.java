package dev.partita.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.sql.Identifier;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionNameTest {

    private static String name(String template, String table, Map<String, String> values) {
        return new Naming(template)
                .name(Identifier.of(table), token -> values.get(token))
                .name();
    }

    @Test
    void fillsTheTemplate() {
        assertThat(name("{table}_{yyyy}_{MM}", "orders", Map.of("yyyy", "2024", "MM", "01")))
                .isEqualTo("orders_2024_01");
        assertThat(name("p{n}_of_{table}", "orders", Map.of("n", "7"))).isEqualTo("p7_of_orders");
        assertThat(name("{name}", "orders", Map.of("name", "emea"))).isEqualTo("emea");
    }

    @Test
    void readsNoTokensInNames() {
        assertThat(name("{table}_{name}", "{yyyy}$1\\", Map.of("name", "{table}")))
                .isEqualTo("{yyyy}$1\\_{table}");
    }

    @Test
    void knowsItsTokensInOrder() {
        assertThat(new Naming("{table}_{yyyy}_{MM}").tokens()).containsExactly("yyyy", "MM");
        assertThat(new Naming("{table}").tokens()).isEmpty();
        assertThatThrownBy(() -> new Naming(" ")).hasMessageContaining("empty");
    }

    @Test
    void cutsTheTableNotThePeriodAndMarksTheCut() {
        String name = name("{table}_{yyyy}_{MM}", "t".repeat(60), Map.of("yyyy", "2024", "MM", "01"));
        assertThat(name).hasSize(63).matches("t{46}_[0-9a-f]{8}_2024_01");
        assertThat(name("{table}_{yyyy}_{MM}", "t".repeat(55), Map.of("yyyy", "2024", "MM", "01")))
                .isEqualTo("t".repeat(55) + "_2024_01");
    }

    /** PostgreSQL would cut both to the same 62 bytes. */
    @Test
    void cutsBetweenCharactersAndKeepsNamesApart() {
        String table = "é".repeat(31);
        String january = name("{table}_{MM}", table, Map.of("MM", "01"));
        String february = name("{table}_{MM}", table, Map.of("MM", "02"));
        assertThat(january).matches("é{25}_[0-9a-f]{8}_01").isNotEqualTo(february);
        assertThat(Identifier.bytes(january)).isEqualTo(62);
        assertThat(name("{table}_{MM}", "😀".repeat(15) + "abc", Map.of("MM", "01")))
                .matches("😀{12}_[0-9a-f]{8}_01");
    }

    @Test
    void twoLongTablesThatBeginAlikeStayApart() {
        String first = name("{table}_{MM}", "t".repeat(62) + "a", Map.of("MM", "01"));
        String second = name("{table}_{MM}", "t".repeat(62) + "b", Map.of("MM", "01"));
        assertThat(first).hasSize(63).isNotEqualTo(second);
    }

    @Test
    void givesTheSameNameTomorrow() {
        assertThat(name("{table}_{MM}", "t".repeat(63), Map.of("MM", "01"))).isEqualTo("t".repeat(51) + "_fe60147e_01");
    }

    @Test
    void givesSiblingsTheSameStem() {
        assertThat(name("{table}_{MM}", "t".repeat(63), Map.of("MM", "02"))).isEqualTo("t".repeat(51) + "_fe60147e_02");
    }

    @Test
    void cutsTheEndWhereTheTableLeavesNoRoom() {
        Map<String, String> values = Map.of("name", "n".repeat(70));
        assertThat(name("{table}_{name}", "orders", values)).hasSize(63).matches("orders_n{47}_[0-9a-f]{8}");
        assertThat(name("{name}", "orders", values)).hasSize(63).matches("n{54}_[0-9a-f]{8}");
    }

    @Test
    void cutsATableThatStandsTwice() {
        String name = name("{table}_{MM}_{table}", "t".repeat(40), Map.of("MM", "01"));
        assertThat(name).hasSizeLessThanOrEqualTo(63).matches("(t+_[0-9a-f]{8})_01_\\1");
    }
}
