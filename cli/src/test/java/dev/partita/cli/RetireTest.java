package dev.partita.cli;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Retiring and taking back, as it is typed and printed. */
class RetireTest {

    private static final String DECLARED = """
            tables:
              orders: { range: created_at, every: 1 month, ahead: 0, keep: 1 month, then: drop }
            """;

    private static final String ORDERS = """
            CREATE TABLE orders (id bigint, created_at timestamptz NOT NULL, PRIMARY KEY (id, created_at))
                PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2026_09 PARTITION OF orders
                FOR VALUES FROM ('2026-09-01 00:00:00+00') TO ('2026-10-01 00:00:00+00');
            CREATE TABLE orders_2026_10 PARTITION OF orders
                FOR VALUES FROM ('2026-10-01 00:00:00+00') TO ('2026-11-01 00:00:00+00');
            CREATE TABLE orders_2026_11 PARTITION OF orders
                FOR VALUES FROM ('2026-11-01 00:00:00+00') TO ('2026-12-01 00:00:00+00');
            """;

    @TempDir
    Path folder;

    @OnPostgres
    void aMonthsLifeEndsAsItIsTyped(TestDatabase database) throws IOException {
        database.execute(ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", DECLARED);
        StringBuilder told = new StringBuilder();
        told.append(tell(typed, "plan"));
        told.append(tell(typed, "plan", "--retire"));
        told.append(tell(typed, "apply", "--retire"));
        told.append(tell(typed, "status"));
        told.append(tell(typed, "restore", "orders_2026_08", "orders"));
        told.append(tell(typed, "restore", "orders_2026_09"));
        told.append(tell(typed, "apply", "--retire", "--quiet"));
        told.append(tell(typed.at("2026-11-30T12:00:00Z"), "plan", "--retire"));
        told.append(tell(typed, "apply", "--retire"));
        told.append(tell(typed, "apply", "--most", "3"));
        Golden.check("retire/life", told.toString().replaceAll("\\b\\d+ ms\\b", "N ms"));
    }

    private static String tell(Typed typed, String... words) {
        return "$ partita " + String.join(" ", words) + "\n"
                + typed.partita(words).all() + "\n";
    }
}
