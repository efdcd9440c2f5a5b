package dev.partita.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "orders, public, orders",
                "shop.orders, shop, orders",
                "Shop.ORDERS, shop, orders",
                "` shop . orders `, shop, orders",
                "\"My Shop\".\"Orders\", My Shop, Orders",
                "shop.\"Orders\", shop, Orders",
                "\"a.b\".c, a.b, c",
                "\"say \"\"hi\"\"\", public, `say \"hi\"`",
                "\"\"\"\", public, `\"`",
                "\"a\"\".\"\"b\", public, `a\".\"b`",
                "order, public, order",
                "bücher, public, bücher",
                "ÄRA, public, Ära",
                "İstanbul, public, İstanbul",
                "a$1, public, a$1",
                "\"1\", public, 1",
            })
    void readsNamesAsPeopleWriteThemInSql(String text, String schema, String name) {
        assertThat(TableName.parse(text)).isEqualTo(TableName.of(schema, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a.",
                ".a",
                "a..b",
                "a.b.c",
                "\"\"",
                "\"a",
                "\"a\"b",
                "a\"b\"",
                "a b",
                "1a",
                "$a",
                "a-b",
                "orders; drop table x",
                "a'b",
                "a\nb",
            })
    void refusesWhatIsNotAName(String text) {
        assertThatThrownBy(() -> TableName.parse(text))
                .isInstanceOf(PartitaException.class)
                .hasMessageContaining("NAME_INVALID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.orders", "\"My Shop\".\"a\"\"b.c\"", "shop.\"user\""})
    void readsWhatItPrints(String sql) {
        assertThat(TableName.parse(sql).sql()).isEqualTo(sql);
    }

    @Test
    void ordersBySchemaThenName() {
        assertThat(TableName.of("a", "z")).isLessThan(TableName.of("b", "a"));
        assertThat(TableName.of("a", "a")).isLessThan(TableName.of("a", "b"));
        assertThat(TableName.of("a", "b").sibling(Identifier.of("c"))).isEqualTo(TableName.of("a", "c"));
    }
}
