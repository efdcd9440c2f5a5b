package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class LogCommandTest {

    @TempDir
    Path folder;

    private Typed journal(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
        assertThat(typed.partita("install").code()).isZero();
        assertThat(typed.partita("apply").code()).isZero();
        // What differs from one test run to the next.
        database.execute(
                "UPDATE partita.journal SET happened_at = '2026-11-22 12:00:00Z', os_user = 'anna', process = 4711,"
                        + " took_ms = 12, run = '00000000-0000-0000-0000-000000000001', plan = 'abc', client = '127.0.0.1'",
                "UPDATE partita.journal SET outcome = 'blocked', attempts = 12, waited_ms = 3600, problem = 'LOCK_NOT_AVAILABLE',"
                        + " detail = 'somebody held a lock' WHERE id = 2");
        return typed;
    }

    @Test
    void tellsTheNewestFirst(TestDatabase database) throws IOException {
        Typed typed = journal(database);

        Golden.check("log/all", typed.partita("log").all());
        Golden.check(
                "log/sql",
                typed.partita("log", "orders", "--limit", "1", "--sql").all());
        Golden.check("log/failed", typed.partita("log", "--failed").all());
        Golden.check("log/nothing", typed.partita("log", "customers").all());
        Golden.check(
                "log/json",
                typed.partita("log", "--format", "json", "--limit", "2").all());
    }

    @Test
    void readsTimesBackAndDaysAndInstants(TestDatabase database) throws IOException {
        Typed typed = journal(database);

        assertThat(typed.partita("log", "--since", "1 day").out()).contains("orders");
        assertThat(typed.partita("log", "--since", "2026-11-22").out()).contains("orders");
        assertThat(typed.partita("log", "--since", "2026-11-22T12:00:01Z").out())
                .doesNotContain("orders");
        assertThat(typed.partita("log", "--since", "lately").code()).isEqualTo(4);
        assertThat(typed.partita("log", "--since", "2026-11-77").code()).isEqualTo(64);
    }

    @Test
    void forgetsWhenAsked(TestDatabase database) throws IOException {
        Typed typed = journal(database);

        assertThat(typed.partita("log", "--prune").code()).isEqualTo(64);
        assertThat(typed.partita("log", "--prune", "--older-than", "1 day").out())
                .startsWith("Forgotten: 0 lines");
        assertThat(typed.partita("log", "--prune", "--older-than", "2026-11-23").out())
                .startsWith("Forgotten: 3 lines");
        assertThat(typed.partita("log").out()).startsWith("Nothing is written down");
    }

    @Test
    void saysThatNoJournalIsKept(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);

        Golden.check(
                "log/none",
                Typed.in(folder, database)
                        .file("partita.yml", Shop.ORDERS_DECLARED)
                        .partita("log")
                        .all());
    }
}
