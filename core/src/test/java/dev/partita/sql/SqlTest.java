package dev.partita.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {

    @Test
    void fillsHolesInOrder() {
        assertThat(Sql.of("ALTER TABLE {} ADD {} text", Identifier.of("Orders"), Identifier.of("note")))
                .isEqualTo(new Sql("ALTER TABLE \"Orders\" ADD note text"));
        assertThat(Sql.of("SELECT 1").sql()).isEqualTo("SELECT 1");
        assertThat(Sql.of("{}{}", Identifier.of("a"), Identifier.of("b")).sql()).isEqualTo("ab");
    }

    @Test
    void leavesHolesInNamesAlone() {
        assertThat(Sql.of("COMMENT ON TABLE {} IS {}", Identifier.of("{}"), Literal.of("{} of {}"))
                        .sql())
                .isEqualTo("COMMENT ON TABLE \"{}\" IS '{} of {}'");
    }

    @Test
    void wantsAPartForEachHole() {
        assertThatThrownBy(() -> Sql.of("DROP TABLE {}")).hasMessageContaining("more holes");
        assertThatThrownBy(() -> Sql.of("SELECT 1", Identifier.of("a"))).hasMessageContaining("more parts");
    }

    @Test
    void listsPartsWithCommas() {
        assertThat(Sql.list(List.of(Identifier.of("a"), Identifier.of("B"))).sql())
                .isEqualTo("a, \"B\"");
        assertThat(Sql.list(List.of()).sql()).isEmpty();
    }
}
