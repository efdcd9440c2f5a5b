package dev.partita.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LiteralTest {

    @Test
    void doublesItsQuotes() {
        assertThat(Literal.of("").sql()).isEqualTo("''");
        assertThat(Literal.of("EU").sql()).isEqualTo("'EU'");
        assertThat(Literal.of("O'Brien").sql()).isEqualTo("'O''Brien'");
        assertThat(Literal.of("'; DROP TABLE orders; --").sql()).isEqualTo("'''; DROP TABLE orders; --'");
        assertThat(Literal.of("$$ {} ? \n").sql()).isEqualTo("'$$ {} ? \n'");
    }

    @Test
    void meansTheSameWhateverTheSessionThinksOfBackslashes() {
        assertThat(Literal.of("a\\").sql()).isEqualTo("E'a\\\\'");
        assertThat(Literal.of("\\'").sql()).isEqualTo("E'\\\\'''");
    }

    @Test
    void cannotHoldWhatPostgresCannotStore() {
        assertThatThrownBy(() -> Literal.of("a\0b")).hasMessageContaining("NUL");
    }
}
