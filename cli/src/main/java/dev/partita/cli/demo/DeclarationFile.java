package dev.partita.cli.demo;

import java.time.YearMonth;

/**
 * The {@code partita.yml} of the demo, as its owner might write it.
 *
 * @param database where its tables live
 * @param from the oldest month that has orders
 */
record DeclarationFile(String database, YearMonth from) {

    /** How the table is to be divided, and nothing about how it comes into being. */
    String division() {
        return """
                database: %s
                tables:
                  shop.orders:
                    range: created_at
                    every: 1 month
                    from: %s-01
                    ahead: 3
                    indexes: [customer_id]
                """.formatted(database, from);
    }

    /** How much of it is kept. */
    String retention() {
        return """
                keep: %d months
                then: drop
            """.formatted(Shop.MONTHS - Shop.OLD);
    }
}
