package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.problem.ProblemCode;
import dev.partita.step.AttachIndex;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.DropIndexConcurrently;
import dev.partita.step.Step;
import dev.partita.test.LongestWait;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Building indexes beside an application that reads and writes, and what an interruption leaves behind. */
class IndexingTest {

    private static final Instant NOW = Instant.parse("2024-01-15T12:00:00Z");

    private static final String ORDERS = """
            CREATE TABLE orders (id bigint, created_at timestamp NOT NULL, customer_id bigint) PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2023_11 PARTITION OF orders FOR VALUES FROM ('2023-11-01') TO ('2023-12-01');
            CREATE TABLE orders_2023_12 PARTITION OF orders FOR VALUES FROM ('2023-12-01') TO ('2024-01-01');
            CREATE TABLE orders_2024_01 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
            INSERT INTO orders SELECT n, '2023-11-01'::timestamp + n * interval '1 minute', n % 100 FROM generate_series(1, 100000) n;
            """;

    private static final String INDEXES = "SELECT c.relname || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END"
            + " || CASE WHEN c.relispartition THEN ' attached' ELSE '' END FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            + " WHERE c.relname LIKE 'orders%' ORDER BY 1";

    private static Partita partita(TestDatabase database) {
        return Partita.of(
                        database.partita(),
                        Declarations.of(TableDeclaration.table("public.orders")
                                .range("created_at")
                                .every("1 month")
                                .ahead(0)
                                .build()
                                .withIndexes(List.of(IndexDeclaration.on("customer_id")))))
                .with(connection -> NOW);
    }

    private static void built(TestDatabase database) {
        assertThat(database.rows(INDEXES))
                .containsExactly(
                        "orders_2023_11_customer_id_idx attached",
                        "orders_2023_12_customer_id_idx attached",
                        "orders_2024_01_customer_id_idx attached",
                        "orders_customer_id_idx");
    }

    /** What happens while an index is being built. */
    private interface Interruption {
        void strike(String pid) throws Exception;
    }

    /** Lets a build wait for somebody who writes into the newest partition, and calls back then. */
    private static <T> T interrupted(TestDatabase database, Work<T> building, Interruption interruption)
            throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection writer = database.owner().getConnection();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO public.orders VALUES (0, '2024-01-10', 0)");
            Future<T> run = thread.submit(building::run);
            interruption.strike(waiting(database));
            writer.rollback();
            return run.get();
        } finally {
            thread.shutdownNow();
        }
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static boolean somebodyElseBuilds(TestDatabase database) throws SQLException {
        try (Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            return statement.execute("CREATE INDEX CONCURRENTLY orders_2024_01_customer_id_idx"
                    + " ON public.orders_2024_01 (customer_id)");
        }
    }

    private static String waiting(TestDatabase database) {
        List<String> pids = List.of();
        while (pids.isEmpty()) {
            Thread.onSpinWait();
            pids = database.rows("SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%'"
                    + " AND wait_event_type = 'Lock' AND datname = current_database()");
        }
        return pids.get(0);
    }

    /** The table's frame is there, as after the first step; so the writer meets the build and nothing before it. */
    private static Plan planned(TestDatabase database) throws SQLException {
        database.execute(ORDERS + "CREATE INDEX orders_customer_id_idx ON ONLY orders (customer_id);");
        return partita(database).plan();
    }

    @OnEveryPostgres
    void theNextRunClearsUpWhatACrashLeftInvalidAndGoesOn(TestDatabase database) throws Exception {
        Plan plan = planned(database);
        PlanRunner runner = partita(database).runner(Fence.NONE, RunListener.NONE);

        Run run = interrupted(
                database,
                () -> runner.run(plan),
                pid -> database.value("SELECT pg_terminate_backend(" + pid + ", 10000)"));

        assertThat(run.steps().get(0).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.CONNECTION_LOST));
        assertThat(database.rows(INDEXES)).contains("orders_2024_01_customer_id_idx invalid");
        assertThat(partita(database).plan().steps().findFirst()).containsInstanceOf(DropIndexConcurrently.class);
        assertThat(partita(database).apply().complete()).isTrue();
        built(database);
    }

    @OnPostgres
    void stoppedWhileItBuildsItGoesOnInTheNextRun(TestDatabase database) throws Exception {
        Plan plan = planned(database);
        PlanRunner runner = partita(database).runner(Fence.NONE, RunListener.NONE);

        Run run = interrupted(database, () -> runner.run(plan), pid -> runner.stop());

        assertThat(run.stopped()).isTrue();
        assertThat(database.rows(INDEXES)).contains("orders_2024_01_customer_id_idx invalid");
        assertThat(partita(database).apply().complete()).isTrue();
        built(database);
    }

    @OnPostgres
    void takesBackAtOnceWhatFailedUnderItsEyesAndGoesOnWithTheOthers(TestDatabase database) throws Exception {
        Plan plan = planned(database);
        PlanRunner runner = partita(database).runner(Fence.NONE, RunListener.NONE);

        Run run = interrupted(
                database, () -> runner.run(plan), pid -> database.value("SELECT pg_cancel_backend(" + pid + ")"));

        assertThat(run.steps().get(0).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(run.steps().get(1).outcome()).isInstanceOf(Outcome.Skipped.class);
        assertThat(database.rows(INDEXES))
                .containsExactly(
                        "orders_2023_11_customer_id_idx attached",
                        "orders_2023_12_customer_id_idx attached",
                        "orders_customer_id_idx invalid");
        assertThat(partita(database).apply().complete()).isTrue();
        built(database);
    }

    @OnEveryPostgres
    void leavesAloneWhatSomebodyElseIsBuilding(TestDatabase database) throws Exception {
        planned(database);
        List<Plan> meanwhile = new ArrayList<>();
        List<Run> runs = new ArrayList<>();

        interrupted(
                database,
                () -> somebodyElseBuilds(database),
                pid -> meanwhile.add(partita(database).plan()));

        Plan plan = meanwhile.get(0);
        assertThat(plan.tables().get(0).findings())
                .extracting(finding -> finding.problem().code())
                .containsExactly(ProblemCode.INDEX_IS_BEING_BUILT);
        assertThat(plan.steps())
                .noneMatch(DropIndexConcurrently.class::isInstance)
                .noneMatch(step -> step.relation().name().name().startsWith("orders_2024_01"))
                .hasSize(4);
        runs.add(partita(database).apply());
        assertThat(runs.get(0).complete()).isTrue();
        assertThat(runs.get(0).plan().steps().filter(AttachIndex.class::isInstance))
                .as("what the other has built is taken")
                .hasSize(3);
        assertThat(runs.get(0).plan().steps().filter(CreateIndexConcurrently.class::isInstance))
                .hasSize(2);
        built(database);
    }

    /** The plan was made when it was a leftover; now somebody builds it anew. */
    @OnPostgres
    void doesNotDropWhatSomebodyHasBegunToBuildSinceThePlan(TestDatabase database) throws Exception {
        planned(database);
        PlanRunner runner = partita(database).runner(Fence.NONE, RunListener.NONE);
        interrupted(database, () -> runner.run(partita(database).plan()), pid -> runner.stop());
        Plan old = partita(database).plan();
        assertThat(old.steps().findFirst()).containsInstanceOf(DropIndexConcurrently.class);
        database.execute("DROP INDEX orders_2024_01_customer_id_idx");
        List<Run> runs = new ArrayList<>();

        interrupted(
                database,
                () -> somebodyElseBuilds(database),
                pid -> runs.add(partita(database)
                        .runner(Fence.NONE, RunListener.NONE)
                        .run(old.only((Step step) -> step instanceof DropIndexConcurrently))));

        assertThat(runs.get(0).steps())
                .singleElement()
                .satisfies(executed -> assertThat(executed.outcome()).isInstanceOf(Outcome.Failed.class));
        assertThat(database.rows(INDEXES)).contains("orders_2024_01_customer_id_idx");
    }

    @OnEveryPostgres
    void nobodyWaitsLongForAnIndex(TestDatabase database) throws Exception {
        database.execute(ORDERS + "CREATE SEQUENCE ids START 200000;");
        Application application = Application.on(database);
        application.worker("read committed", IndexingTest::counts);
        application.worker("read committed", IndexingTest::writes);
        application.worker("read committed", IndexingTest::writes);

        LongestWait wait = application.beside(() -> {
            Run run = partita(database).with(Patience.KIND).apply();
            assertThat(run.complete()).as(run.toString()).isTrue();
        });

        built(database);
        assertThat(wait.duration()).isLessThan(Patience.KIND.lockTimeout().plusMillis(50));
    }

    private static void counts(Statement statement) throws SQLException {
        try (ResultSet kept =
                statement.executeQuery("SELECT count(*) FROM public.orders WHERE customer_id = 7 AND id <= 100000")) {
            kept.next();
            assertThat(kept.getLong(1)).isEqualTo(1000);
        }
    }

    private static void writes(Statement statement) throws SQLException {
        statement.execute("INSERT INTO public.orders SELECT nextval('public.ids'), '2024-01-10', 8");
    }
}
