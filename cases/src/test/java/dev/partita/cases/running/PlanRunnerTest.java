package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.Partita;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Step;
import dev.partita.test.Fault;
import dev.partita.test.LongestWait;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

class PlanRunnerTest {

    private static final Patience SHORT =
            new Patience(Duration.ofMillis(100), 2, Duration.ofMillis(10), Duration.ofMillis(10));

    @OnEveryPostgres
    void namesWhoHoldsTheLockAndGoesOnWithTheOtherTables(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "locked", "orders");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "locked", "orders"))
                .with(SHORT);
        Plan plan = partita.plan();
        try (Connection other = database.connect(TestDatabase.OWNER);
                Statement statement = other.createStatement()) {
            statement.execute("SET application_name = 'nightly report'");
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.locked IN SHARE UPDATE EXCLUSIVE MODE");
            Run run = partita.run(plan, RunListener.NONE);
            other.rollback();
            assertThat(run.steps().get(0).outcome()).isInstanceOfSatisfying(Outcome.Blocked.class, blocked -> {
                assertThat(blocked.problem().code()).isEqualTo(ProblemCode.LOCK_NOT_AVAILABLE);
                assertThat(blocked.blockers()).singleElement().satisfies(blocker -> {
                    assertThat(blocker.application()).isEqualTo("nightly report");
                    assertThat(blocker.state()).isEqualTo("idle in transaction");
                });
            });
            assertThat(run.steps().subList(1, 3))
                    .allSatisfy(step -> assertThat(step.outcome()).isInstanceOf(Outcome.Skipped.class));
        }
        assertThat(database.partitions("public.locked")).isZero();
        assertThat(database.partitions("public.orders")).isEqualTo(3);
    }

    @OnPostgres
    void runsNothingOnATableThatWasChangedAfterThePlan(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"));
        Plan plan = partita.plan();
        database.execute("ALTER TABLE public.orders ADD COLUMN note text");
        Run run = partita.run(plan, RunListener.NONE);
        assertThat(run.moved()).isTrue();
        assertThat(database.partitions("public.orders")).isZero();
    }

    @OnPostgres
    void noticesAChangeBetweenTwoSteps(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"));
        RunListener meddling = new RunListener() {
            @Override
            public void finished(Step step, Outcome outcome) {
                database.execute("ALTER TABLE public.orders ADD COLUMN IF NOT EXISTS note text");
            }
        };
        Run run = partita.run(partita.plan(), meddling);
        assertThat(run.steps().get(0).outcome().done()).isTrue();
        assertThat(run.steps().get(1).outcome()).isInstanceOf(Outcome.Moved.class);
        assertThat(database.partitions("public.orders")).isEqualTo(1);
    }

    /** Isolation that keeps the first look for the whole transaction would keep the one from before the wait. */
    @OnPostgres
    void seesWhatTheLockWasWaitedForWhateverIsolationTheRoleHas(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Patience patience = Patience.KIND.withLockTimeout(Duration.ofSeconds(30));
        for (String isolation : List.of("repeatable read", "serializable")) {
            database.executeAsSuperuser("ALTER ROLE " + TestDatabase.OWNER + " IN DATABASE " + database.name()
                    + " SET default_transaction_isolation = '" + isolation + "'");
            Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"))
                    .with(patience);
            Plan plan = partita.plan();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try (Connection other = database.connect(TestDatabase.OWNER);
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("ALTER TABLE public.orders ADD COLUMN IF NOT EXISTS \"" + isolation + "\" text");
                Future<Run> run = thread.submit(() -> partita.run(plan, RunListener.NONE));
                awaitSomebodyWaiting(database);
                other.commit();
                assertThat(run.get().moved()).as(isolation).isTrue();
            } finally {
                thread.shutdownNow();
            }
        }
        assertThat(database.partitions("public.orders")).isZero();
    }

    /** The lock on the first table goes when all others are done, which only happens beside it. */
    @OnEveryPostgres
    void worksOnSeveralTablesAtATime(TestDatabase database) throws Exception {
        String[] tables = {"locked", "a", "b", "c", "d"};
        MonthlyTables.create(database, tables);
        Patience patient = new Patience(Duration.ofMillis(50), 1_000, Duration.ofMillis(10), Duration.ofMillis(10));
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, tables))
                .with(patient)
                .withConnections(3);
        Plan plan = partita.plan();
        try (Connection other = database.connect(TestDatabase.OWNER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.locked IN SHARE UPDATE EXCLUSIVE MODE");
            Run run = partita.run(plan, new RunListener() {
                private int left = 4 * 3;

                @Override
                public void finished(Step step, Outcome outcome) {
                    if (--left == 0) {
                        rollback(other);
                    }
                }
            });
            assertThat(run.complete()).isTrue();
            assertThat(run.steps())
                    .extracting(Run.Executed::step)
                    .isEqualTo(plan.steps().toList());
        }
        for (String table : tables) {
            assertThat(database.partitions("public." + table)).isEqualTo(3);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @OnPostgres
    void doesNotWaitForConnectionsThatDoNotCome(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "a", "b", "c");
        Plan plan = Partita.of(database.partita(), MonthlyTables.declared(2, "a", "b", "c"))
                .plan();
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean lent = new AtomicBoolean();
        DataSource pool = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (lent.getAndSet(true)) {
                        over.await();
                        throw new SQLException("no connection within an hour");
                    }
                    return database.partita().getConnection();
                });
        Run run = Partita.of(pool, MonthlyTables.declared(2, "a", "b", "c"))
                .withConnections(4)
                .runner(Fence.NONE, RunListener.NONE)
                .run(plan);
        assertThat(run.complete()).isTrue();
        over.countDown();
    }

    @OnPostgres
    void keepsTablesThatLockTheSameInTheirOrder(TestDatabase database) throws Exception {
        database.execute("CREATE TABLE customers (id bigint PRIMARY KEY)");
        MonthlyTables.create(database, "a", "b");
        database.execute(
                "ALTER TABLE a ADD customer bigint REFERENCES customers; ALTER TABLE b ADD customer bigint REFERENCES customers");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "a", "b"))
                .withConnections(4);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Run run = partita.run(partita.plan(), new RunListener() {
            @Override
            public void started(Step step) {
                threads.add(Thread.currentThread());
            }
        });
        assertThat(run.complete()).isTrue();
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @OnPostgres
    void whatAListenerThrowsComesThroughFromEveryLane(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "a", "b", "c");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "a", "b", "c"));
        Plan plan = partita.plan();
        for (int connections : List.of(1, 3)) {
            for (Throwable thrown : List.of(new IllegalStateException("no more"), new AssertionError("no more"))) {
                RunListener throwing = new RunListener() {
                    @Override
                    public void started(Step step) {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) thrown;
                    }
                };
                assertThatThrownBy(() -> partita.withConnections(connections)
                                .runner(Fence.NONE, throwing)
                                .run(plan))
                        .isSameAs(thrown);
            }
        }
        assertThat(database.partitions("public.a")).isZero();
    }

    private static void awaitSomebodyWaiting(TestDatabase database) {
        String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        while (database.value(waiting).equals("0")) {
            Thread.onSpinWait();
        }
    }

    @OnPostgres
    void stopsAtAnyMomentAndChangesNothingAfterwards(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"));
        CompletableFuture<PlanRunner> itself = new CompletableFuture<>();
        PlanRunner runner = partita.runner(Fence.NONE, new RunListener() {
            @Override
            public void finished(Step step, Outcome outcome) {
                itself.join().stop();
            }
        });
        itself.complete(runner);
        Run run = runner.run(partita.plan());
        assertThat(run.stopped()).isTrue();
        assertThat(run.done()).isEqualTo(1);
        assertThat(database.partitions("public.orders")).isEqualTo(1);
    }

    @OnPostgres
    void stopsWhileItWaitsForALock(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Patience endless = new Patience(Duration.ofMillis(100), 1_000, Duration.ofMinutes(5), Duration.ofMinutes(5));
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"))
                .with(endless);
        Plan plan = partita.plan();
        CountDownLatch waiting = new CountDownLatch(1);
        PlanRunner runner = partita.runner(Fence.NONE, new RunListener() {
            @Override
            public void waiting(Step step, int attempt, Duration pause, List<Outcome.Blocker> blockers) {
                waiting.countDown();
            }
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = database.connect(TestDatabase.OWNER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN SHARE UPDATE EXCLUSIVE MODE");
            Future<Run> run = thread.submit(() -> runner.run(plan));
            waiting.await();
            runner.stop();
            assertThat(run.get().stopped()).isTrue();
            other.rollback();
        } finally {
            thread.shutdownNow();
        }
        assertThat(database.partitions("public.orders")).isZero();
    }

    @OnEveryPostgres
    @Fault(67)
    void nobodyWaitsForTheMakingOfPartitions(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        database.execute("CREATE SEQUENCE public.ids");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"));
        partita.apply();
        Application application = Application.on(database);
        application.worker("read committed", statement -> statement.execute("SELECT count(*) FROM public.orders"));
        application.worker(
                "read committed",
                statement ->
                        statement.execute("INSERT INTO public.orders SELECT nextval('public.ids'), pg_catalog.now()"));

        LongestWait wait = application.beside(() -> Partita.of(database.partita(), MonthlyTables.declared(12, "orders"))
                .apply());

        assertThat(database.partitions("public.orders")).isEqualTo(13);
        assertThat(wait.duration()).isLessThan(Patience.KIND.lockTimeout().plusMillis(50));
    }

    @OnEveryPostgres
    @Fault(30)
    void limitsThatADbaPutOnTheRoleDoNotEndARun(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        database.executeAsSuperuser(
                "ALTER ROLE shop_owner IN DATABASE " + database.name() + " SET statement_timeout = '300ms'");
        database.executeAsSuperuser("ALTER ROLE shop_owner IN DATABASE " + database.name()
                + " SET idle_in_transaction_session_timeout = '300ms'");
        if (database.server().major() >= 17) {
            database.executeAsSuperuser(
                    "ALTER ROLE shop_owner IN DATABASE " + database.name() + " SET transaction_timeout = '1s'");
        }
        Partita partita = Partita.of(database.superuser(), MonthlyTables.declared(2, "orders"));
        Plan plan = partita.plan();
        assertThat(Partita.of(database.owner(), MonthlyTables.declared(2, "orders"))
                        .run(plan, RunListener.NONE)
                        .complete())
                .isTrue();
    }

    @OnPostgres
    void leavesAConnectionAsItFoundIt(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        try (Connection connection = database.partita().getConnection()) {
            String before = settings(connection);
            Partita.of(new OneConnection(connection), MonthlyTables.declared(2, "orders"))
                    .apply();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(settings(connection)).isEqualTo(before);
        }
        assertThat(database.partitions("public.orders")).isEqualTo(3);
    }

    private static String settings(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT current_user || coalesce((SELECT pg_catalog.string_agg(name || '=' || setting, ',' "
                                + "ORDER BY name) FROM pg_catalog.pg_settings), '') || (SELECT pg_catalog.count(*) FROM pg_catalog.pg_locks "
                                + "WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'advisory')")) {
            result.next();
            return result.getString(1);
        }
    }

    @OnPostgres
    void tellsThatNothingIsToDoByDoingNothing(TestDatabase database) throws Exception {
        MonthlyTables.create(database, "orders");
        Partita partita = Partita.of(database.partita(), MonthlyTables.declared(2, "orders"));
        partita.apply();
        Run run = partita.apply();
        assertThat(run.steps()).isEqualTo(List.of());
        assertThat(run.complete()).isTrue();
        assertThat(database.partitions("public.orders")).isEqualTo(3);
    }
}
