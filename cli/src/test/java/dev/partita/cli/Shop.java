package dev.partita.cli;

/** The shop that the stories are about: its tables, and how they are declared. */
final class Shop {

    /** Monthly orders, the present month only. */
    static final String ORDERS = """
            CREATE TABLE orders (id bigint, customer_id bigint, created_at timestamptz NOT NULL, PRIMARY KEY (id, created_at))
                PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2026_11 PARTITION OF orders
                FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
            """;

    static final String ORDERS_DECLARED = """
            tables:
              orders:
                range: created_at
                every: 1 month
            """;

    private Shop() {}
}
