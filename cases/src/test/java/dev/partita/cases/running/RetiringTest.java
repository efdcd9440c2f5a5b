package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.problem.ProblemCode;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import dev.partita.test.Fault;
import dev.partita.test.LongestWait;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Retiring beside an application that reads and writes, and what an interruption half-way leaves behind. */
class RetiringTest {

    private static final Instant NOW = Instant.parse("2024-01-15T12:00:00Z");
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(100), 2, Duration.ofMillis(10), Duration.ofMillis(10));
    private static final Request RETIRE =
            Request.NONE.with(Request.Retire.ASKED).atMost(10);

    private static final String ORDERS = """
            CREATE TABLE orders (id bigint, created_at timestamp NOT NULL, PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2023_09 PARTITION OF orders FOR VALUES FROM ('2023-09-01') TO ('2023-10-01');
            CREATE TABLE orders_2023_10 PARTITION OF orders FOR VALUES FROM ('2023-10-01') TO ('2023-11-01');
            CREATE TABLE orders_2023_11 PARTITION OF orders FOR VALUES FROM ('2023-11-01') TO ('2023-12-01');
            CREATE TABLE orders_2023_12 PARTITION OF orders FOR VALUES FROM ('2023-12-01') TO ('2024-01-01');
            CREATE TABLE orders_2024_01 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
            INSERT INTO orders SELECT n, '2023-09-01'::timestamp + n * interval '1 day' FROM generate_series(1, 130) n;
            """;

    private static Partita partita(TestDatabase database) {
        return partita(database, "detach");
    }

    private static Partita partita(TestDatabase database, String then) {
        return Partita.of(
                        database.partita(),
                        Declarations.of(TableDeclaration.table("public.orders")
                                .range("created_at")
                                .every("1 month")
                                .ahead(0)
                                .keep("2 months")
                                .then(then)
                                .build()))
                .with(connection -> NOW)
                .with(SHORT);
    }

    private static List<String> attached(TestDatabase database) {
        return database.rows("SELECT inhrelid::regclass || CASE WHEN inhdetachpending THEN ' pending' ELSE '' END"
                + " FROM pg_inherits WHERE inhparent = 'public.orders'::regclass ORDER BY 1");
    }

    @OnEveryPostgres
    @Fault(72)
    void doesNotBeginWhereSomebodyOldWouldMakeItWaitHalfWay(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        try (Connection report = database.owner().getConnection();
                Statement statement = report.createStatement()) {
            report.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM public.orders");
            statement.execute("SELECT pg_sleep(1.1)");

            Run run = partita(database)
                    .runner(Fence.NONE, RunListener.NONE)
                    .run(partita(database).plan(RETIRE));

            assertThat(run.steps())
                    .filteredOn(executed -> executed.step() instanceof DetachConcurrently)
                    .isNotEmpty()
                    .allSatisfy(executed -> {
                        assertThat(executed.outcome()).isInstanceOf(Outcome.Blocked.class);
                        assertThat(((Outcome.Blocked) executed.outcome()).blockers())
                                .anySatisfy(blocker ->
                                        assertThat(blocker.application()).isEqualTo("shop"));
                    });
            report.rollback();
        }
        assertThat(attached(database)).hasSize(5).noneMatch(partition -> partition.endsWith(" pending"));

        assertThat(partita(database)
                        .runner(Fence.NONE, RunListener.NONE)
                        .run(partita(database).plan(RETIRE))
                        .complete())
                .isTrue();
        assertThat(attached(database)).hasSize(3);
    }

    @OnEveryPostgres
    void doesNotBeginEitherWhereTheirAgeCannotBeSeen(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        database.createRole("reports_" + database.name(), "LOGIN");
        database.execute("GRANT SELECT ON orders TO reports_" + database.name());
        try (Connection report = database.connect("reports_" + database.name());
                Statement statement = report.createStatement()) {
            report.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM public.orders");

            Run run = partita(database)
                    .runner(Fence.NONE, RunListener.NONE)
                    .run(partita(database).plan(RETIRE));

            assertThat(run.steps())
                    .filteredOn(executed -> executed.step() instanceof DetachConcurrently)
                    .allSatisfy(executed -> assertThat(executed.outcome()).isInstanceOf(Outcome.Blocked.class));
            report.rollback();
        }
        assertThat(attached(database)).hasSize(5).noneMatch(partition -> partition.endsWith(" pending"));
    }

    /** Begins to retire while somebody reads, and calls back when DETACH waits for them between its halves. */
    private static Run interrupted(TestDatabase database, PlanRunner runner, Plan plan, Interruption interruption)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection reader = database.owner().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM public.orders");
            Future<Run> run = thread.submit(() -> runner.run(plan));
            interruption.strike(waiting(database));
            reader.rollback();
            return run.get();
        } finally {
            thread.shutdownNow();
        }
    }

    /** The session that waits half-way. */
    private static String waiting(TestDatabase database) {
        List<String> pids = List.of();
        while (pids.isEmpty() || !attached(database).contains("orders_2023_09 pending")) {
            Thread.onSpinWait();
            pids = database.rows("SELECT pid FROM pg_stat_activity WHERE query LIKE 'ALTER TABLE%CONCURRENTLY'"
                    + " AND wait_event_type = 'Lock' AND datname = current_database()");
        }
        return pids.get(0);
    }

    /** What happens half-way. */
    private interface Interruption {
        void strike(String pid) throws Exception;
    }

    @OnEveryPostgres
    @Fault(68)
    void finishesAtOnceWhatWasInterruptedHalfWay(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Plan plan = partita(database).plan(RETIRE);
        PlanRunner patient = new PlanRunner(database.partita(), Patience.KIND, Fence.NONE, RunListener.NONE, 1);

        Run run = interrupted(database, patient, plan, pid -> database.value("SELECT pg_cancel_backend(" + pid + ")"));

        assertThat(run.complete()).isTrue();
        assertThat(attached(database)).containsExactly("orders_2023_11", "orders_2023_12", "orders_2024_01");
    }

    @OnEveryPostgres
    @Fault(68)
    void theNextRunFinishesWhatACrashLeftHalfDetached(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Plan plan = partita(database).plan(RETIRE);
        PlanRunner runner = partita(database).runner(Fence.NONE, RunListener.NONE);

        Run run = interrupted(
                database, runner, plan, pid -> database.value("SELECT pg_terminate_backend(" + pid + ", 10000)"));

        assertThat(run.steps().get(1).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.CONNECTION_LOST));
        assertThat(attached(database)).contains("orders_2023_09 pending", "orders_2023_10");
        Plan next = partita(database).plan(Request.NONE);
        assertThat(next.steps()).singleElement().isInstanceOf(FinalizeDetach.class);
        assertThat(partita(database).apply().complete()).isTrue();
        assertThat(attached(database))
                .containsExactly("orders_2023_10", "orders_2023_11", "orders_2023_12", "orders_2024_01");
    }

    @OnPostgres
    @Fault(68)
    void stoppedHalfWayItIsFinishedNowOrByTheNextRun(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Plan plan = partita(database).plan(RETIRE);
        PlanRunner runner = partita(database).runner(Fence.NONE, RunListener.NONE);

        Run run = interrupted(database, runner, plan, pid -> runner.stop());

        assertThat(run.stopped()).isTrue();
        partita(database).apply();
        assertThat(attached(database))
                .containsExactly("orders_2023_10", "orders_2023_11", "orders_2023_12", "orders_2024_01");
    }

    /** PostgreSQL's look for references happens under the lock; an event trigger takes its time in its place. */
    @OnPostgres
    @Fault(72)
    void givesUpADetachThatTakesLongWhileEverybodyWaits(TestDatabase database) throws Exception {
        database.execute(ORDERS + "CREATE TABLE orders_default PARTITION OF orders DEFAULT;");
        Plan plan = partita(database).plan(RETIRE);
        database.executeAsSuperuser(
                "CREATE FUNCTION public.slowly() RETURNS event_trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN PERFORM pg_catalog.pg_sleep(30); END';"
                        + "CREATE EVENT TRIGGER slowly ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION public.slowly()");

        Run run = partita(database).runner(Fence.NONE, RunListener.NONE).run(plan);

        assertThat(run.steps())
                .hasSize(2)
                .allSatisfy(executed -> assertThat(executed.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.problem().code())
                                        .isEqualTo(ProblemCode.PARTITION_REFERENCED)));
        assertThat(run.took()).isLessThan(Duration.ofSeconds(10));
        assertThat(attached(database)).hasSize(6);
    }

    @OnPostgres
    @Fault(70)
    void leavesAloneWhatHasTakenTheNameMeanwhile(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Plan plan = partita(database).plan(RETIRE);
        RunListener meddling = new RunListener() {
            @Override
            public void finished(Step step, Outcome outcome) {
                if (step instanceof DetachConcurrently
                        && step.relation().equals(TableName.parse("public.orders_2023_09"))) {
                    database.execute(
                            "ALTER TABLE orders DETACH PARTITION orders_2023_10; ALTER TABLE orders_2023_10 RENAME TO mine;"
                                    + "CREATE TABLE orders_2023_10 PARTITION OF orders FOR VALUES FROM ('2023-10-05') TO ('2023-11-01')");
                }
            }
        };

        Run run = partita(database).runner(Fence.NONE, meddling).run(plan);

        assertThat(run.steps().get(2).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.CATALOG_MOVED));
        assertThat(attached(database)).contains("orders_2023_10").doesNotContain("orders_2023_09");
    }

    @OnPostgres
    @Fault(70)
    void dropsNothingThatHasTakenTheNameMeanwhile(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Partita partita = partita(database, "drop");
        assertThat(partita.run(partita.plan(RETIRE), RunListener.NONE).complete())
                .isTrue();
        Partita later = partita.with(connection -> NOW.plus(Duration.ofDays(8)));
        Plan plan = later.plan(RETIRE);
        database.execute("ALTER TABLE orders_2023_09 RENAME TO kept; CREATE TABLE orders_2023_09 (n integer);"
                + "COMMENT ON TABLE orders_2023_10 IS 'we need it after all'");

        Run run = later.run(plan, RunListener.NONE);

        assertThat(run.steps())
                .hasSize(2)
                .allSatisfy(executed -> assertThat(executed.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.CATALOG_MOVED)));
        assertThat(database.rows(
                        "SELECT relname FROM pg_class WHERE relname IN ('kept', 'orders_2023_09', 'orders_2023_10')"))
                .hasSize(3);
    }

    @OnEveryPostgres
    @Fault(69)
    void nobodyWaitsLongForRetiring(TestDatabase database) throws Exception {
        database.execute(
                "CREATE TABLE customers (id bigint PRIMARY KEY); INSERT INTO customers SELECT generate_series(1, 100);"
                        + ORDERS
                        + "ALTER TABLE orders ADD COLUMN customer_id bigint REFERENCES customers;"
                        + "CREATE TABLE orders_default PARTITION OF orders DEFAULT; CREATE SEQUENCE ids START 1000;");
        Application application = Application.on(database);
        for (String isolation : List.of("read committed", "repeatable read", "serializable")) {
            application.worker(isolation, RetiringTest::counts);
        }
        application.worker("read committed", RetiringTest::writes);

        LongestWait wait = application.beside(() -> {
            Run detached = partita(database, "drop")
                    .with(Patience.KIND)
                    .runner(Fence.NONE, RunListener.NONE)
                    .run(partita(database, "drop").plan(RETIRE));
            assertThat(detached.complete()).as(detached.toString()).isTrue();
            Partita later = partita(database, "drop")
                    .with(connection -> NOW.plus(Duration.ofDays(8)))
                    .with(Patience.KIND);
            Run dropped = later.runner(Fence.NONE, RunListener.NONE).run(later.plan(RETIRE));
            assertThat(dropped.complete()).as(dropped.toString()).isTrue();
        });

        assertThat(database.rows("SELECT relname FROM pg_class WHERE relname IN ('orders_2023_09', 'orders_2023_10')"))
                .isEmpty();
        assertThat(wait.duration()).isLessThan(Patience.KIND.lockTimeout().plusMillis(50));
    }

    /** Rows that are kept: whoever looks sees all of them, whenever. */
    private static void counts(Statement statement) throws SQLException {
        try (ResultSet kept = statement.executeQuery(
                "SELECT count(*) FROM public.orders WHERE id <= 130 AND created_at >= '2023-11-01'")) {
            kept.next();
            assertThat(kept.getLong(1)).isEqualTo(70);
        }
    }

    private static void writes(Statement statement) throws SQLException {
        statement.execute("INSERT INTO public.orders SELECT nextval('public.ids'), '2024-01-10', 7");
        statement.execute("UPDATE public.customers SET id = id WHERE id = 7");
    }
}
