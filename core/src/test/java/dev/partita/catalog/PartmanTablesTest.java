package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.table.TableName;
import org.junit.jupiter.api.Test;

class PartmanTablesTest {

    @Test
    void understandsTheNamesThatPgPartmanWasGiven() {
        assertThat(means("shop.orders", TableName.of("shop", "orders"))).isTrue();
        assertThat(means("shop.Orders", TableName.of("shop", "Orders"))).isTrue();
        assertThat(means("\"shop\".\"orders\"", TableName.of("shop", "orders"))).isTrue();
        assertThat(means("My Shop.two words", TableName.of("My Shop", "two words")))
                .isTrue();
        assertThat(means("shop.orders", TableName.of("shop", "orders_2"))).isFalse();
        assertThat(means("shop.\"orders", TableName.of("shop", "orders"))).isFalse();
    }

    private static boolean means(String typed, TableName table) {
        PartmanTables tables = new PartmanTables();
        tables.add(typed);
        return tables.contains(table);
    }
}
