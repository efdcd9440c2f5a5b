package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Outcome;
import dev.partita.execution.StateSchema;
import dev.partita.migration.CutoverWindow;
import dev.partita.migration.Ending;
import dev.partita.migration.Migration;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Migrations;
import dev.partita.migration.Pace;
import dev.partita.migration.Phase;
import dev.partita.migration.Progress;
import dev.partita.migration.Throttle;
import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Step;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What a person can do with a migration that is under way, and what it does when something comes in between. */
class OperatingTest {

    private static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(1)
            .build();

    /** A few blocks at once, so that there is much to wait for. */
    private static final Pace SMALL = new Pace(12, 1_000, 100);

    private static final String ROWS = "SELECT count(*) || ' ' || sum(hashtextextended(o::text, 0)) FROM orders o";

    private static void shop(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, created_at timestamptz NOT NULL, note text)",
                "INSERT INTO orders SELECT n, timestamptz '2026-01-01Z' + n * interval '20 minutes', repeat('No ' || n, 20)"
                        + " FROM generate_series(1, 6000) n",
                "CREATE TABLE busy (since timestamptz)");
        try (Connection connection = database.partita().getConnection()) {
            StateSchema.install(connection);
        }
    }

    private static MigrationRunner runner(TestDatabase database, Pace pace, MigrationListener listener) {
        return new MigrationRunner(database.partita(), ORDERS, DatabaseClock.server(), 2, pace, listener);
    }

    private static Throttle query(String query) {
        return new Throttle(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(query),
                100,
                Optional.empty(),
                Optional.empty());
    }

    private static Throttle log(long most) {
        return new Throttle(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100,
                Optional.empty(),
                Optional.of(most));
    }

    private static MigrationListener whenWaiting(Consumer<String> waiting) {
        return new MigrationListener() {
            @Override
            public void waiting(String why) {
                waiting.accept(why);
            }
        };
    }

    private static <T> Future<T> inBackground(Callable<T> work) {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            return threads.submit(work);
        } finally {
            threads.shutdown();
        }
    }

    private static Migration open(TestDatabase database) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            return Migrations.open(connection, Instant.now()).get(0).migration();
        }
    }

    private static Optional<String> waits(TestDatabase database) throws SQLException {
        try (Connection connection = database.partita().getConnection()) {
            return Migrations.open(connection, Instant.now()).get(0).waits();
        }
    }

    @OnPostgres
    void standsAsideWhileAQuerySaysSoAndGoesOnWhenAnotherProcessLiftsIt(TestDatabase database) throws Exception {
        shop(database);
        database.execute("INSERT INTO busy VALUES (now())");
        String before = database.value(ROWS);
        CountDownLatch aside = new CountDownLatch(3);
        MigrationRunner runner = runner(database, SMALL, whenWaiting(why -> aside.countDown()));
        runner.start(false, Optional.empty(), query("SELECT count(*) FROM public.busy"));
        Future<Ending> running = inBackground(runner::run);

        assertThat(aside.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(open(database).phase()).isEqualTo(Phase.COPYING);
        assertThat(waits(database)).contains("for the throttle query to say no: SELECT count(*) FROM public.busy");
        assertThat(database.value("SELECT count(*) FROM partita.migration_chunk WHERE done_at IS NOT NULL"))
                .isEqualTo("0");
        runner(database, SMALL, MigrationListener.NONE).throttle(Throttle.NONE);

        assertThat(running.get(60, TimeUnit.SECONDS).phase()).isEqualTo(Phase.SWAPPED);
        assertThat(open(database).waits()).isEmpty();
        assertThat(database.value(ROWS)).isEqualTo(before);
    }

    @OnPostgres
    void standsAsideWhenItCannotUnderstandTheAnswer(TestDatabase database) throws Exception {
        shop(database);
        for (String query :
                new String[] {"SELECT 'perhaps'", "SELECT 1 / 0", "DELETE FROM public.orders RETURNING true"}) {
            CountDownLatch aside = new CountDownLatch(1);
            MigrationRunner runner = runner(database, SMALL, whenWaiting(why -> aside.countDown()));
            if (runner.open().isEmpty()) {
                runner.start(false);
            }
            runner.throttle(query(query));
            Future<Ending> running = inBackground(runner::run);
            assertThat(aside.await(60, TimeUnit.SECONDS)).as(query).isTrue();
            runner.stop();
            assertThat(running.get(5, TimeUnit.SECONDS).phase()).as(query).isEqualTo(Phase.COPYING);
        }
        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("6000");
    }

    @OnPostgres
    void restsInTheMidstOfTheCopyWhenSomebodyPausesIt(TestDatabase database) throws Exception {
        shop(database);
        AtomicInteger copied = new AtomicInteger();
        MigrationRunner other = runner(database, SMALL, MigrationListener.NONE);
        MigrationRunner runner = runner(database, SMALL, new MigrationListener() {
            @Override
            public void finished(Step step, Outcome outcome) {
                if (step.words().startsWith("copy") && copied.incrementAndGet() == 2) {
                    pause(other);
                }
            }
        });
        // A part of the time only, so that it looks often before all is copied.
        runner.start(
                false,
                Optional.empty(),
                new Throttle(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        5,
                        Optional.empty(),
                        Optional.empty()));

        Ending ending = runner.run();

        assertThat(ending.phase()).isEqualTo(Phase.COPYING);
        assertThat(ending.why()).startsWith("paused");
        assertThat(database.value("SELECT count(*) > 0 FROM partita.migration_chunk WHERE done_at IS NULL"))
                .isEqualTo("t");
        other.throttle(Throttle.NONE);
        other.pause(false);
        assertThat(other.run().phase()).isEqualTo(Phase.SWAPPED);
        assertThat(database.value("SELECT count(*) FROM orders")).isEqualTo("6000");
    }

    private static void pause(MigrationRunner runner) {
        try {
            runner.pause(true);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @OnPostgres
    void copiesEachBlockOnceThoughPiecesAreDividedAnew(TestDatabase database) throws Exception {
        shop(database);
        String before = database.value(ROWS);
        int blocks = 0;
        MigrationRunner first = runner(database, new Pace(3, 1_000, 100), MigrationListener.NONE);
        first.start(true);
        for (int size : new int[] {3, 17, 2, 5}) {
            AtomicInteger steps = new AtomicInteger();
            MigrationRunner[] stopping = new MigrationRunner[1];
            stopping[0] = runner(database, new Pace(size, 1_000, 100), new MigrationListener() {
                @Override
                public void finished(Step step, Outcome outcome) {
                    if (step.words().startsWith("copy") && steps.incrementAndGet() == 2) {
                        stopping[0].stop();
                    }
                }
            });
            stopping[0].run();
            blocks = Integer.parseInt(database.value("SELECT blocks FROM partita.migration"));
            assertThat(database.rows("SELECT first_block FROM partita.migration_chunk a WHERE NOT EXISTS"
                            + " (SELECT FROM partita.migration_chunk b WHERE b.heap = a.heap AND b.first_block = a.end_block)"
                            + " AND end_block <> " + blocks))
                    .isEmpty();
            assertThat(database.value("SELECT sum(end_block - first_block) FROM partita.migration_chunk"))
                    .isEqualTo(Integer.toString(blocks));
        }
        assertThat(database.value("SELECT count(*) > 0 FROM partita.migration_chunk WHERE done_at IS NULL"))
                .isEqualTo("t");
        runner(database, SMALL, MigrationListener.NONE).hold(false);

        assertThat(runner(database, Pace.BRISK, MigrationListener.NONE).run().phase())
                .isEqualTo(Phase.SWAPPED);

        assertThat(database.value(ROWS)).isEqualTo(before);
        assertThat(database.value("SELECT sum(copied) FROM partita.migration_chunk"))
                .isEqualTo("6000");
    }

    @OnPostgres
    void endsTheNotingOfChangesWhenTheyTakeTooMuchAndBeginsTheCopyAnew(TestDatabase database) throws Exception {
        shop(database);
        AtomicInteger copied = new AtomicInteger();
        MigrationRunner runner = runner(database, SMALL, new MigrationListener() {
            @Override
            public void finished(Step step, Outcome outcome) {
                if (step.words().startsWith("copy") && copied.incrementAndGet() == 2) {
                    database.execute("UPDATE orders SET note = 'changed' WHERE id <= 5000");
                }
            }
        });
        runner.start(false, Optional.empty(), log(100 << 10));
        // Looked at once a second: so long pieces are waited for.
        runner.throttle(new Throttle(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5,
                Optional.empty(),
                Optional.of(100L << 10)));

        Ending ending = runner.run();

        assertThat(ending.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.MIGRATION_STOPPED);
            assertThat(problem.message()).contains("--log-limit");
        });
        assertThat(database.rows("SELECT tgname FROM pg_trigger WHERE tgrelid = 'orders'::regclass"))
                .isEmpty();
        assertThat(database.value("SELECT count(*) FROM orders_partita")).isEqualTo("0");
        database.execute("UPDATE orders SET note = 'unnoted' WHERE id > 5000");
        String before = database.value(ROWS);

        runner.throttle(Throttle.NONE);
        runner.forgive();
        assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);

        assertThat(database.value(ROWS)).isEqualTo(before);
    }

    @OnPostgres
    void swapsInItsHoursOnlyOrWhenAPersonSaysSo(TestDatabase database) throws Exception {
        shop(database);
        CountDownLatch waits = new CountDownLatch(1);
        MigrationRunner runner = runner(database, SMALL, whenWaiting(why -> {
            if (why.startsWith("for its hours")) {
                waits.countDown();
            }
        }));
        String today = database.value("SELECT to_char(now() AT TIME ZONE 'UTC' - interval '2 days', 'Dy')");
        runner.start(
                false,
                Optional.of(CutoverWindow.parse("--cutover-window", today + " 02:00-04:00 Europe/Berlin")),
                Throttle.NONE);
        Future<Ending> running = inBackground(runner::run);
        assertThat(waits.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(waits(database))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("for its hours: " + today + " 02:00-04:00 Europe/Berlin"));
        assertThat(open(database).phase()).isEqualTo(Phase.READY);

        runner(database, SMALL, MigrationListener.NONE)
                .window(Optional.of(CutoverWindow.parse("", "00:00-12:00, 12:00-24:00")));

        assertThat(running.get(60, TimeUnit.SECONDS).phase()).isEqualTo(Phase.SWAPPED);
    }

    @OnPostgres
    void saysWhoIsAtWork(TestDatabase database) throws Exception {
        shop(database);
        CountDownLatch aside = new CountDownLatch(1);
        MigrationRunner runner = runner(database, SMALL, whenWaiting(why -> aside.countDown()));
        runner.start(true);
        Future<Ending> running = inBackground(runner::run);
        assertThat(aside.await(60, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> runner(database, SMALL, MigrationListener.NONE).run())
                .isInstanceOfSatisfying(PartitaException.class, e -> {
                    assertThat(e.problems().get(0).code()).isEqualTo(ProblemCode.LEASE_TAKEN);
                    assertThat(e.problems().get(0).message())
                            .contains("process " + ProcessHandle.current().pid() + " on ");
                });
        runner.stop();
        assertThat(running.get(5, TimeUnit.SECONDS).why()).startsWith("stopped");
    }

    /** Fault 26: whatever it does, and also while it waits. */
    @OnPostgres
    void goesOnWhenItsConnectionsAreCutAgainAndAgain(TestDatabase database) throws Exception {
        shop(database);
        String before = database.value(ROWS);
        AtomicInteger cut = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(3);
        MigrationRunner runner = runner(database, SMALL, new MigrationListener() {
            @Override
            public void seen(Progress progress) {
                if (cut.get() < 40) {
                    cut.addAndGet(Integer.parseInt(cutAll(database)));
                }
            }

            @Override
            public void started(Step step) {
                if (cut.incrementAndGet() % 7 == 0) {
                    cutAll(database);
                }
            }

            @Override
            public void waiting(String why) {
                if (why.contains("cutover")) {
                    cutAll(database);
                    held.countDown();
                }
            }
        });
        runner.start(true);
        Future<Ending> running = inBackground(runner::run);
        assertThat(held.await(120, TimeUnit.SECONDS)).isTrue();
        runner(database, SMALL, MigrationListener.NONE).hold(false);

        assertThat(running.get(120, TimeUnit.SECONDS).phase()).isEqualTo(Phase.SWAPPED);

        assertThat(database.value(ROWS)).isEqualTo(before);
        assertThat(cut).hasValueGreaterThan(10);
    }

    private static String cutAll(TestDatabase database) {
        return database.value(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
    }

    @OnPostgres
    void isToldOneThingAtATime(TestDatabase database) throws Exception {
        shop(database);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        MigrationRunner runner = runner(database, SMALL, new MigrationListener() {
            private void told() {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
            }

            @Override
            public void started(Step step) {
                told();
            }

            @Override
            public void finished(Step step, Outcome outcome) {
                told();
            }
        });
        runner.start(false);
        assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);
        assertThat(most).hasValue(1);
    }

    @OnPostgres
    void isOpenAndNoObstacleWhenItIsBegunTwice(TestDatabase database) throws Exception {
        shop(database);
        MigrationRunner runner = runner(database, Pace.BRISK, MigrationListener.NONE);
        runner.start(false);
        assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);
        assertThatThrownBy(() ->
                        runner(database, Pace.BRISK, MigrationListener.NONE).start(false))
                .isInstanceOfSatisfying(
                        PartitaException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.MIGRATION_OPEN)));
    }
}
