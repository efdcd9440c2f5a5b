package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.migration.Progress;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class MigrateCommandTest {

    private static final String ORDERS = """
            CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, note text);
            INSERT INTO orders SELECT n, timestamptz '2026-07-01Z' + n * interval '1 hour', 'No ' || n FROM generate_series(1, 3000) n;
            CREATE INDEX orders_note ON orders (note);
            ANALYZE orders;
            """;

    @TempDir
    Path folder;

    private Typed shop(TestDatabase database) {
        database.execute(ORDERS);
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
        assertThat(typed.partita("install").code()).isZero();
        return typed;
    }

    /** As if the clock of the database were that of the tests. */
    private static void settle(TestDatabase database) {
        database.execute(
                "UPDATE partita.migration SET started_at = '2026-11-22 11:50:00Z', phase_since = '2026-11-22 11:58:00Z'");
    }

    private static String tell(Typed typed, String... words) {
        return "$ partita " + String.join(" ", words) + "\n"
                + typed.partita(words).all() + "\n";
    }

    /** Works on it in the same process until it is ready, and stops there. */
    private static void untilReady(TestDatabase database) throws Exception {
        List<MigrationRunner> running = new ArrayList<>();
        running.add(new MigrationRunner(
                database.partita(),
                TableDeclaration.table("public.orders")
                        .range("created_at")
                        .every("1 month")
                        .build(),
                DatabaseClock.server(),
                1,
                new MigrationListener() {
                    @Override
                    public void seen(Progress progress) {
                        if (progress.phase() == Phase.READY) {
                            running.get(0).stop();
                        }
                    }
                }));
        running.get(0).start(true);
        assertThat(running.get(0).run().phase()).isEqualTo(Phase.READY);
    }

    @Test
    void saysWhatItWouldDoDoesItAndEndsIt(TestDatabase database) throws IOException {
        Typed typed = shop(database);

        StringBuilder told = new StringBuilder();
        told.append(tell(typed, "migrate", "status"));
        told.append(tell(typed, "migrate", "list"));
        told.append(tell(typed, "migrate", "plan", "orders"));
        told.append(tell(typed, "migrate", "start", "orders"));
        settle(database);
        told.append(tell(typed, "migrate", "start", "orders"));
        told.append(tell(typed, "migrate", "status"));
        told.append(tell(typed, "migrate", "abort", "orders"));
        told.append(tell(typed, "migrate", "finish", "orders"));
        settle(database);
        told.append(tell(typed, "migrate", "status"));
        told.append(tell(typed, "migrate", "status", "orders"));
        told.append(tell(typed, "migrate", "list"));
        told.append(tell(typed, "migrate", "resume", "orders"));
        told.append(tell(typed, "migrate", "start", "orders"));
        // How much of the old table was vacuumed decides how large it is.
        Golden.check("migrate/whole", told.toString().replaceAll("\\(\\d+ kB\\)", "(368 kB)"));

        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("3000");
        assertThat(database.partitions("orders")).isGreaterThan(4);
    }

    @Test
    void tellsProgramsTheSame(TestDatabase database) throws Exception {
        Typed typed = shop(database);
        Golden.check(
                "migrate/plan-json",
                typed.partita("migrate", "plan", "orders", "--format", "json").all());
        untilReady(database);
        settle(database);

        Golden.check(
                "migrate/status-json",
                typed.partita("migrate", "status", "--format", "json").all());
        assertThat(typed.partita("migrate", "status", "--watch", "--format", "json")
                        .code())
                .isEqualTo(64);
        Golden.check(
                "migrate/problems-json",
                typed.partita("migrate", "start", "orders", "--format", "json").all());
    }

    @Test
    void isHeldBeforeTheSwapUntilSomebodySaysSo(TestDatabase database) throws Exception {
        Typed typed = shop(database);
        untilReady(database);
        database.execute("INSERT INTO orders SELECT 100000 + n, '2026-11-01Z', 'late' FROM generate_series(1, 20) n");
        settle(database);

        StringBuilder told = new StringBuilder();
        told.append(tell(typed, "migrate", "status", "orders"));
        told.append(tell(typed, "migrate", "status", "--watch"));
        told.append(tell(typed, "migrate", "pause", "orders"));
        told.append(tell(typed, "migrate", "status"));
        told.append(tell(typed, "migrate", "cutover", "orders"));
        told.append(tell(typed, "migrate", "rollback", "orders"));
        told.append(tell(typed, "migrate", "resume", "orders"));
        Golden.check("migrate/held", told.toString());

        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("3020");
        assertThat(database.value("SELECT relkind FROM pg_class WHERE oid = 'orders'::regclass"))
                .isEqualTo("p");

        Golden.check(
                "migrate/back", typed.partita("migrate", "rollback", "orders").all());

        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("3020");
        assertThat(database.value("SELECT relkind FROM pg_class WHERE oid = 'orders'::regclass"))
                .isEqualTo("r");
    }

    @Test
    void givesUpWithoutATrace(TestDatabase database) throws Exception {
        Typed typed = shop(database);
        untilReady(database);
        settle(database);
        database.execute("UPDATE partita.migration SET trouble = 'ERROR: no space left on device'");

        StringBuilder told = new StringBuilder();
        told.append(tell(typed, "migrate", "status"));
        told.append(tell(typed, "migrate", "list"));
        told.append(tell(typed, "migrate", "cutover", "orders"));
        told.append(tell(typed, "migrate", "finish", "orders"));
        told.append(tell(typed, "migrate", "abort", "orders"));
        Golden.check("migrate/given-up", told.toString());

        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname LIKE 'orders_partita%'"))
                .isEqualTo("0");
    }

    @Test
    void theOneThatIsAtWorkSwapsAndTheOtherWatches(TestDatabase database) throws Exception {
        Typed typed = shop(database);
        CountDownLatch held = new CountDownLatch(1);
        MigrationRunner runner = new MigrationRunner(
                database.partita(),
                TableDeclaration.table("public.orders")
                        .range("created_at")
                        .every("1 month")
                        .build(),
                DatabaseClock.server(),
                1,
                new MigrationListener() {
                    @Override
                    public void waiting(String why) {
                        held.countDown();
                    }
                });
        runner.start(true);
        Thread working = new Thread(() -> {
            try {
                runner.run();
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
        working.start();
        assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(typed.partita("migrate", "abort", "orders").code()).isEqualTo(6);
        assertThat(typed.partita("migrate", "resume", "orders").code()).isEqualTo(6);
        Typed.Ran ran = typed.partita("migrate", "cutover", "orders");

        working.join();
        assertThat(ran.code()).as(ran.all()).isZero();
        assertThat(ran.err()).contains("Another process is at work on it, and swaps.");
        assertThat(ran.out()).startsWith("public.orders is swapped");
    }

    @Test
    void namesEverythingThatStandsAgainstIt(TestDatabase database) throws IOException {
        Typed typed = Typed.in(folder, database).file("partita.yml", Shop.ORDERS_DECLARED);
        StringBuilder told = new StringBuilder();
        told.append(tell(typed, "migrate", "plan", "orders"));
        database.execute("""
                CREATE UNLOGGED TABLE orders (id bigint, created_at timestamptz);
                CREATE MATERIALIZED VIEW dear AS SELECT id FROM orders;
                """);
        told.append(tell(typed, "migrate", "status"));
        told.append(tell(typed, "migrate", "plan", "orders"));
        told.append(tell(typed, "migrate", "start", "orders"));
        told.append(tell(typed, "migrate", "start", "customers"));
        Golden.check("migrate/obstacles", told.toString());
    }
}
