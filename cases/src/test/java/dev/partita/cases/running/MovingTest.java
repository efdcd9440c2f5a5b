package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.cases.running.Moments.Snapshot;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.problem.ProblemCode;
import dev.partita.step.CreateFromDefault;
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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Rows are moved out of DEFAULT beside an application that reads and writes them, at every isolation level. */
class MovingTest {

    private static final Instant NOW = Instant.parse("2024-01-15T12:00:00Z");
    private static final Patience STUBBORN =
            new Patience(Duration.ofMillis(300), 400, Duration.ofMillis(5), Duration.ofMillis(20));
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(100), 2, Duration.ofMillis(10), Duration.ofMillis(10));

    /** Twelve months, 100 rows each, all in DEFAULT. */
    private static final String ORDERS = """
            CREATE TABLE orders (id bigint, created_at timestamp NOT NULL, note text, PRIMARY KEY (id, created_at))
                PARTITION BY RANGE (created_at);
            CREATE TABLE orders_2024_01 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
            CREATE TABLE orders_default PARTITION OF orders DEFAULT;
            INSERT INTO orders SELECT n, '2023-01-01'::timestamp + n % 12 * interval '1 month' + n % 500 * interval '1 hour'
                FROM generate_series(0, 1199) n;
            CREATE SEQUENCE ids START 10000;
            """;

    private static Partita partita(TestDatabase database, Patience patience) {
        return Partita.of(
                        database.partita(),
                        Declarations.of(TableDeclaration.table("public.orders")
                                .range("created_at")
                                .every("1 month")
                                .ahead(0)
                                .from("2023-01-01")
                                .build()))
                .with(connection -> NOW)
                .with(patience);
    }

    @OnEveryPostgres
    @Fault({40, 65})
    void nobodySeesARowLessWhileRowsAreMoved(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        String before = database.value("SELECT count(*) FROM public.orders");
        Moments moments = new Moments();
        Application application = Application.on(database);
        for (String isolation : List.of("read committed", "repeatable read", "serializable")) {
            application.worker(isolation, Duration.ofMillis(200), new Reading(isolation, moments));
        }
        List<Application.Worker> writers = Stream.of("read committed", "repeatable read")
                .map(isolation -> application.worker(isolation, Duration.ofMillis(25), new Writing(isolation, moments)))
                .toList();

        LongestWait wait = application.beside(() -> {
            Partita partita = partita(database, STUBBORN);
            Run run = partita.runner(Fence.NONE, moments).run(partita.plan());
            assertThat(run.complete()).as(run.toString()).isTrue();
            assertThat(run.steps()).allMatch(executed -> executed.step() instanceof CreateFromDefault);
        });

        moments.assertNoneMissedOtherwise();
        long written = writers.stream().mapToLong(Application.Worker::commits).sum();
        assertThat(database.value("SELECT count(*) FROM public.orders WHERE id < 10000"))
                .isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM public.orders WHERE id >= 10000"))
                .isEqualTo(Long.toString(written));
        assertThat(database.value("SELECT count(*) FROM public.orders_default")).isEqualTo("0");
        assertThat(wait.duration())
                .as(wait.toString())
                .isLessThan(STUBBORN.lockTimeout().plusMillis(50));
    }

    private static String partition(int month) {
        return "orders_2023_" + (month < 9 ? "0" : "") + (month + 1);
    }

    /** What was there before is seen by each transaction, asked for by month and as a whole, and at any time within it. */
    private static final class Reading implements Application.Turn {

        private final String isolation;
        private final Moments moments;
        private boolean slow;

        Reading(String isolation, Moments moments) {
            this.isolation = isolation;
            this.moments = moments;
        }

        @Override
        public void take(Statement statement) throws SQLException {
            Snapshot snapshot = Snapshot.take(statement, isolation);
            slow = !slow;
            if (slow) {
                LockSupport.parkNanos(100_000_000);
            }
            for (int month = 0; month < 12; month++) {
                moments.see(partition(month), snapshot, count(statement, month(month)), 100);
            }
            assertThat(count(statement, "true")).as(isolation).isEqualTo(1200);
        }
    }

    private static String month(int month) {
        String from = "timestamp '2023-" + (month < 9 ? "0" : "") + (month + 1) + "-01'";
        return "created_at >= " + from + " AND created_at < "
                + (month == 11
                        ? "timestamp '2024-01-01'"
                        : "timestamp '2023-" + (month < 8 ? "0" : "") + (month + 2) + "-01'");
    }

    private static long count(Statement statement, String where) throws SQLException {
        try (ResultSet rows = statement.executeQuery(
                "SELECT count(*) FROM public.orders WHERE id < 10000 AND created_at < '2024-03-01' AND " + where)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Inserts and updates rows of the months that are moved. */
    private static final class Writing implements Application.Turn {

        private final String isolation;
        private final Moments moments;
        private int month;

        Writing(String isolation, Moments moments) {
            this.isolation = isolation;
            this.moments = moments;
        }

        @Override
        public void take(Statement statement) throws SQLException {
            month = (month + 1) % 12;
            Snapshot snapshot = Snapshot.take(statement, isolation);
            statement.execute("INSERT INTO public.orders SELECT nextval('public.ids'), '2023-01-20'::timestamp + "
                    + month + " * interval '1 month'");
            int updated = statement.executeUpdate(
                    "UPDATE public.orders SET note = 'seen' WHERE id = " + month + " AND " + month(month));
            moments.see(partition(month), snapshot, updated, 1);
        }
    }

    @OnEveryPostgres
    @Fault(40)
    void waitsForASnapshotThatIsTakenWhileEverybodyIsStopped(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Plan plan = partita(database, SHORT).plan();
        try (Connection report = database.connect(TestDatabase.OWNER);
                Statement statement = report.createStatement()) {
            report.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SELECT 1");

            Run run = partita(database, SHORT)
                    .runner(Fence.NONE, RunListener.NONE)
                    .run(plan);

            assertThat(run.steps())
                    .hasSize(12)
                    .allSatisfy(executed -> assertThat(executed.outcome())
                            .isInstanceOfSatisfying(
                                    Outcome.Blocked.class,
                                    blocked -> assertThat(blocked.problem().code())
                                            .isEqualTo(ProblemCode.OLDER_TRANSACTION)));
            report.rollback();
        }
        assertThat(partita(database, SHORT)
                        .runner(Fence.NONE, RunListener.NONE)
                        .run(plan)
                        .complete())
                .isTrue();
    }

    @OnPostgres
    @Fault(65)
    void refusesWhenSomebodyBeginsToListenOrTheRowsBecomeTooMany(TestDatabase database) throws Exception {
        database.execute(ORDERS);
        Plan plan = partita(database, SHORT).plan();
        database.execute("CREATE TABLE book (id bigint);"
                + "CREATE FUNCTION write_down() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO public.book VALUES (OLD.id); RETURN OLD; END';"
                + "CREATE TRIGGER deleted AFTER DELETE ON orders_default FOR EACH ROW EXECUTE FUNCTION write_down();"
                + "INSERT INTO orders SELECT n, '2023-05-20' FROM generate_series(20001, 30001) n");

        assertRefused(
                partita(database, SHORT).runner(Fence.NONE, RunListener.NONE).run(plan), 12);
        assertThat(database.value("SELECT count(*) FROM public.book")).isEqualTo("0");

        database.execute("DROP TRIGGER deleted ON orders_default");
        assertRefused(
                partita(database, SHORT).runner(Fence.NONE, RunListener.NONE).run(plan), 1);
        assertThat(database.value("SELECT count(*) FROM public.orders_default")).isEqualTo("10101");
    }

    private static void assertRefused(Run run, int steps) {
        assertThat(run.steps())
                .filteredOn(executed -> !executed.outcome().done())
                .hasSize(steps)
                .allSatisfy(executed -> assertThat(executed.outcome())
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.CATALOG_MOVED)));
    }
}
