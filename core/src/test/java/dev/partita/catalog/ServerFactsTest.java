package dev.partita.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.table.TableName;
import org.junit.jupiter.api.Test;

class ServerFactsTest {

    @Test
    void understandsTheNamesThatPgPartmanWasGiven() {
        assertThat(ServerFacts.means("shop.orders", TableName.of("shop", "orders")))
                .isTrue();
        assertThat(ServerFacts.means("shop.Orders", TableName.of("shop", "Orders")))
                .isTrue();
        assertThat(ServerFacts.means("\"shop\".\"orders\"", TableName.of("shop", "orders")))
                .isTrue();
        assertThat(ServerFacts.means("My Shop.two words", TableName.of("My Shop", "two words")))
                .isTrue();
        assertThat(ServerFacts.means("shop.orders", TableName.of("shop", "orders_2")))
                .isFalse();
        assertThat(ServerFacts.means("shop.\"orders", TableName.of("shop", "orders")))
                .isFalse();
    }
}
