package dev.partita.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.problem.PartitaException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"orders", "_", "orders_2024_01", "h0", "abort", "partition", "year"})
    void standsPlainWherePostgresNeedsNoQuotes(String name) {
        assertThat(Identifier.of(name).sql()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Orders, `\"Orders\"`",
                "2024, `\"2024\"`",
                "`my orders`, `\"my orders\"`",
                "`say \"hi\"`, `\"say \"\"hi\"\"\"`",
                "é, `\"é\"`",
                "a$b, `\"a$b\"`",
                "o'brien, `\"o'brien\"`",
                "a.b, `\"a.b\"`",
                "`x\"; DROP TABLE y; --`, `\"x\"\"; DROP TABLE y; --\"`",
                "`a\\b`, `\"a\\b\"`",
                "`{}`, `\"{}\"`",
            })
    void isQuotedWhereItHasToBe(String name, String sql) {
        assertThat(Identifier.of(name).sql()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user", "order", "table", "select", "between", "left", "json", "merge_action", "system_user"})
    void isQuotedWhereItIsAKeyword(String keyword) {
        assertThat(Identifier.of(keyword).sql()).isEqualTo('"' + keyword + '"');
        assertThat(Identifier.of(keyword + "s").sql()).isEqualTo(keyword + "s");
    }

    @Test
    void keepsLineBreaksInsideItsQuotes() {
        assertThat(Identifier.of("a\nb").sql()).isEqualTo("\"a\nb\"");
    }

    @Test
    void countsBytesNotCharacters() {
        assertThat(Identifier.bytes("é€😀")).isEqualTo(2 + 3 + 4);
        assertThat(Identifier.of("a".repeat(63)).name()).hasSize(63);
        assertThat(Identifier.of("é".repeat(31) + "a").name()).hasSize(32);
        for (String tooLong : List.of("a".repeat(64), "é".repeat(32), "😀".repeat(16))) {
            assertThatThrownBy(() -> Identifier.of(tooLong))
                    .isInstanceOf(PartitaException.class)
                    .hasMessageContaining("63 bytes");
        }
    }

    @Test
    void cannotBeWhatNoCatalogHolds() {
        assertThatThrownBy(() -> Identifier.of("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Identifier.of("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> Identifier.of("a\ud83d")).hasMessageContaining("half a character");
        assertThatThrownBy(() -> Identifier.of("\ude00a")).hasMessageContaining("half a character");
    }
}
