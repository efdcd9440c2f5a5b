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
}
