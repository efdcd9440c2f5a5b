package dev.partita.cli;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class StatusCommandTest {

    @TempDir
    Path folder;

    private Typed shop(TestDatabase database) {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED + "    default: alert\n");
        typed.partita("apply", "--for", "2025-01..2026-10");
        database.execute("""
                INSERT INTO orders SELECT n, n, timestamptz '2025-01-01Z' + n * interval '1 hour' FROM generate_series(1, 16000) n;
                ANALYZE orders;
                """);
        return typed;
    }

    @Test
    void showsTheDrawers(TestDatabase database) throws IOException {
        Typed typed = shop(database);

        Golden.check("status/all", typed.partita("status").all());
        Golden.check("status/one", typed.partita("status", "orders").all());
        Golden.check(
                "status/narrow",
                typed.with("COLUMNS", "70").partita("status", "orders").all());
        Golden.check(
                "status/json",
                typed.partita("status", "--format", "json", "--table", "orders").all());
        Golden.check(
                "status/color", typed.partita("status", "--color", "always").all());
    }

    @Test
    void seesWhatIsMissing(TestDatabase database) throws IOException {
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
        Golden.check("status/no-table", typed.partita("status").all());

        database.execute(Shop.ORDERS);
        Golden.check(
                "status/run-out",
                typed.at("2027-02-03T00:00:00Z").partita("status").all());
    }

    @Test
    void saysWhatWaitsForWhatAndWhatComesNext(TestDatabase database) throws IOException {
        database.execute("""
                CREATE TABLE orders (id bigint, created_at timestamptz NOT NULL, status text, PRIMARY KEY (id, created_at))
                    PARTITION BY RANGE (created_at);
                CREATE TABLE orders_old PARTITION OF orders FOR VALUES FROM ('2025-01-01Z') TO ('2026-03-15Z');
                """);
        Typed typed = Typed.in(folder, database).file("partita.yml", """
                tables:
                  orders:
                    range: created_at
                    every: 1 month
                    ahead: 40 days
                    default: alert
                    keep: 3 months
                    then: drop
                    drop: when released
                    retire: auto
                    retire-window: Sat 02:00-05:00
                    pins: [2026-06]
                    unless: { status: [PENDING] }
                """);
        typed.partita("apply", "--for", "2026-04..2026-11");
        database.execute("""
                INSERT INTO orders VALUES (1, '2026-04-01Z', 'PENDING'), (2, '2028-01-01Z', 'PAID');
                ANALYZE orders;
                """);

        StringBuilder told = new StringBuilder();
        told.append(tell(typed, "status"));
        told.append(tell(typed.at("2026-11-28T03:00:00Z"), "status"));
        typed.partita("apply", "--retire", "--most", "2");
        told.append(tell(typed, "status"));
        typed.partita("release", "orders_2026_07", "--because", "it is in the archive");
        told.append(tell(typed, "status"));
        told.append(tell(typed.at("2026-12-10T03:00:00Z"), "status", "orders"));
        Golden.check("status/waiting", told.toString());
        Golden.check(
                "status/waiting-json",
                typed.partita("status", "--format", "json").all());
    }

    private static String tell(Typed typed, String... words) {
        return "$ partita " + String.join(" ", words) + "\n"
                + typed.partita(words).all() + "\n";
    }
}
