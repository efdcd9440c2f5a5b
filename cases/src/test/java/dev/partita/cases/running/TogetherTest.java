package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.Partita;
import dev.partita.cases.running.Ledger.Balance;
import dev.partita.cases.running.Moments.Snapshot;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.TableBuilder;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.CreatePartition;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropPartition;
import dev.partita.step.RepairPartition;
import dev.partita.step.Step;
import dev.partita.test.Fault;
import dev.partita.test.LongestWait;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Everything at once: month after month partitions are made, filled out of DEFAULT, retired, dropped, mended and indexed, beside an
 * application that keeps its own account of what it has committed. {@code -Dpartita.seed=…} repeats what it draws, and
 * {@code -Dpartita.rounds=…} goes on for longer.
 */
class TogetherTest {

    /** In the second, what the first has taken out is dropped. */
    private static final int ROUNDS = Integer.getInteger("partita.rounds", 2);

    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());

    private static final YearMonth BEGIN = YearMonth.of(2024, 3);
    private static final Patience PATIENCE =
            new Patience(Duration.ofMillis(300), 400, Duration.ofMillis(5), Duration.ofMillis(20));
    private static final Request EVERYTHING =
            Request.NONE.with(Request.Retire.ASKED).atMost(10).repairing();

    /** Rows of each month and table that nobody takes away. */
    private static final int FIXED = 10;

    private static final String TABLES = """
            CREATE TABLE customers (id bigint PRIMARY KEY, amount bigint NOT NULL, note text) PARTITION BY HASH (id);
            CREATE TABLE orders (id bigint, created_at timestamp NOT NULL, fixed boolean NOT NULL, amount bigint NOT NULL, note text,
                PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
            CREATE TABLE orders_default PARTITION OF orders DEFAULT;
            CREATE TABLE events (LIKE orders, customer_id bigint DEFAULT 7 REFERENCES customers, PRIMARY KEY (id, created_at))
                PARTITION BY RANGE (created_at);
            CREATE SEQUENCE ids START 1000;
            """;

    private static final List<String> RANGES = List.of("orders", "events");

    private final TestDatabase database;
    private final Ledger ledger = new Ledger();
    private final Moments moments = new Moments();
    private final Set<Class<?>> kinds = ConcurrentHashMap.newKeySet();
    private volatile List<YearMonth> window = List.of();

    TogetherTest(TestDatabase database) {
        this.database = database;
    }

    private Partita partita(int round) {
        Instant now = BEGIN.plusMonths(round).atDay(15).atStartOfDay().toInstant(ZoneOffset.UTC);
        List<IndexDeclaration> index = List.of(IndexDeclaration.on("amount"));
        return Partita.of(
                        database.partita(),
                        Declarations.of(
                                monthly("orders")
                                        .ahead(1)
                                        .otherwise("accept")
                                        .build()
                                        .withIndexes(round > 0 ? index : List.of()),
                                monthly("events").ahead(2).build().withIndexes(round > 1 ? index : List.of()),
                                TableDeclaration.table("public.customers")
                                        .hash("id")
                                        .partitions(4)
                                        .build()
                                        .withIndexes(round > 1 ? index : List.of())))
                .with(connection -> now)
                .with(PATIENCE);
    }

    private static TableBuilder monthly(String table) {
        return TableDeclaration.table("public." + table)
                .range("created_at")
                .every("1 month")
                .from("2024-01-01")
                .keep("2 months")
                .then("drop")
                .grace("10 days")
                .leaf("fillfactor", 90)
                .leafIndex("note");
    }

    @OnEveryPostgres
    @Fault({40, 65, 69})
    void everyTransactionIsRightAndNobodyWaitsLong() throws Exception {
        System.out.println("everything at once, seed " + SEED);
        prepare();
        Application application = Application.on(database);
        for (String isolation : List.of("read committed", "repeatable read", "serializable")) {
            application.worker(
                    isolation, Duration.ofMillis(40), new Writing(isolation, new Random(SEED ^ isolation.hashCode())));
            application.worker(isolation, Duration.ofMillis(200), new Reading(isolation));
        }
        application.worker("repeatable read", Duration.ofMillis(800), new Dumping());

        LongestWait wait = application.beside(() -> {
            for (int round = 1; round <= ROUNDS; round++) {
                plantDrift(round);
                settle(partita(round));
                stock(BEGIN.plusMonths(round + 2L));
                window = months(round);
                application.everybodyTakesATurn();
            }
        });

        moments.assertNoneMissedOtherwise();
        assertThat(held()).isEqualTo(ledger.balances());
        assertThat(kinds)
                .contains(
                        CreatePartition.class,
                        CreateFromDefault.class,
                        DetachPartition.class,
                        DetachConcurrently.class,
                        DropPartition.class,
                        RepairPartition.class,
                        CreateIndexConcurrently.class);
        assertThat(wait.duration())
                .as(wait.toString())
                .isLessThan(PATIENCE.lockTimeout().plusMillis(50));
    }

    /** The first months of 2024, and beyond them what lies in DEFAULT. */
    private void prepare() throws Exception {
        String clerk = "clerk_" + database.name();
        database.createRole(clerk, "NOLOGIN");
        database.executeAsSuperuser(
                "GRANT " + clerk + " TO " + TestDatabase.OWNER, "GRANT CREATE ON SCHEMA public TO " + clerk);
        database.execute(TABLES);
        settle(partita(0));
        database.execute("INSERT INTO customers SELECT n, 0 FROM generate_series(1, 40) n");
        for (int month = -2; month <= 2; month++) {
            stock(BEGIN.plusMonths(month));
        }
        Ledger.Entries entries = new Ledger.Entries();
        entries.add("customers", 40, 0);
        ledger.book(entries);
        window = months(0);
    }

    /** Those that the application uses: no partition of them is retired before the round after the next. */
    private static List<YearMonth> months(int round) {
        return Stream.iterate(BEGIN.plusMonths(round - 1L), month -> month.plusMonths(1))
                .limit(4)
                .toList();
    }

    private void stock(YearMonth month) {
        Ledger.Entries entries = new Ledger.Entries();
        for (String table : RANGES) {
            database.execute("INSERT INTO " + table + " SELECT n, date '" + month.atDay(1)
                    + "' + n, true, 100 FROM generate_series(1, " + FIXED + ") n");
            entries.add(partition(table, month), FIXED, FIXED * 100L);
        }
        ledger.book(entries);
    }

    /** Runs until nothing is left to do. What is dropped on the way holds exactly what the application had there. */
    private void settle(Partita partita) throws Exception {
        RunListener listener = new RunListener() {
            @Override
            public void started(Step step) {
                if (step instanceof DropPartition) {
                    String table = step.relation().name().name();
                    assertThat(balance(table)).as(table).isEqualTo(ledger.of(table));
                    ledger.close(table);
                }
            }

            @Override
            public void finished(Step step, Outcome outcome) {
                moments.finished(step, outcome);
                if (outcome.done()) {
                    kinds.add(step.getClass());
                }
            }
        };
        Plan plan = partita.plan(EVERYTHING);
        for (int again = 0; !plan.isEmpty(); again++) {
            assertThat(again).as(plan.toString()).isLessThan(20);
            partita.runner(Fence.NONE, listener).run(plan);
            plan = partita.plan(EVERYTHING);
        }
    }

    /** What somebody does by hand, each in its own transaction and with little patience, as one should. */
    private void plantDrift(int round) throws SQLException {
        for (String table : RANGES) {
            String leaf = "public." + partition(table, BEGIN.plusMonths(round));
            byHand("DROP INDEX " + leaf + "_note_idx");
            byHand("ALTER TABLE " + leaf + " OWNER TO clerk_" + database.name());
            byHand("ALTER TABLE " + leaf + " SET (fillfactor = 51)");
            byHand("ALTER TABLE " + leaf + " REPLICA IDENTITY FULL");
        }
        byHand("ALTER TABLE public.customers_h_1 ALTER COLUMN note SET STATISTICS 7");
    }

    private void byHand(String sql) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = 50");
            for (int attempt = 1; ; attempt++) {
                try {
                    statement.execute(sql);
                    return;
                } catch (SQLException e) {
                    if (!e.getSQLState().equals("55P03") || attempt == 500) {
                        throw e;
                    }
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }

    private static String partition(String table, YearMonth month) {
        return table + "_" + month.toString().replace('-', '_');
    }

    private static String in(YearMonth month) {
        return "created_at >= timestamp '" + month.atDay(1) + "' AND created_at < timestamp '"
                + month.plusMonths(1).atDay(1) + "'";
    }

    private Balance balance(String relation) {
        String[] row = database.value("SELECT count(*) || ' ' || coalesce(sum(amount), 0) FROM public." + relation)
                .split(" ");
        return new Balance(Long.parseLong(row[0]), Long.parseLong(row[1]));
    }

    /** What there is, by what the table says, and by table for what was taken out of it. */
    private Map<String, Balance> held() {
        Map<String, Balance> held = new TreeMap<>();
        held.put("customers", balance("customers"));
        for (String table : RANGES) {
            database.rows("SELECT DISTINCT to_char(created_at, 'YYYY-MM') FROM public." + table)
                    .forEach(month -> held.put(
                            partition(table, YearMonth.parse(month)),
                            balance(table + " WHERE " + in(YearMonth.parse(month)))));
            database.rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND NOT relispartition AND relname LIKE '"
                            + table + "\\_2%'")
                    .forEach(detached -> held.put(detached, balance(detached)));
        }
        return held;
    }

    /** One row more in each transaction, and something that may meet others. */
    private final class Writing implements Application.Turn {

        private final String isolation;
        private final Random random;
        private final Ledger.Entries entries = new Ledger.Entries();

        Writing(String isolation, Random random) {
            this.isolation = isolation;
            this.random = random;
        }

        @Override
        public void take(Statement statement) throws SQLException {
            entries.forget();
            List<YearMonth> months = window;
            Snapshot snapshot = Snapshot.take(statement, isolation);
            insert(statement, any(RANGES), any(months));
            String table = any(RANGES);
            YearMonth month = any(months);
            switch (random.nextInt(4)) {
                case 0 -> update(statement, table, month, snapshot);
                case 1 -> take(statement, "DELETE FROM public." + table, table, month);
                case 2 -> {
                    YearMonth other = any(months);
                    long[] moved = take(
                            statement,
                            "UPDATE public." + table + " SET created_at = timestamp '" + other.atDay(20) + "'",
                            table,
                            month);
                    entries.add(partition(table, other), moved[0], moved[1]);
                }
                default -> {
                    statement.execute(
                            "UPDATE public.customers SET amount = amount + 3 WHERE id = " + (1 + random.nextInt(40)));
                    entries.add("customers", 0, 3);
                }
            }
        }

        private void insert(Statement statement, String table, YearMonth month) throws SQLException {
            int amount = random.nextInt(1000);
            statement.execute("INSERT INTO public." + table + " SELECT nextval('public.ids'), timestamp '"
                    + month.atDay(10) + "', false, " + amount);
            entries.add(partition(table, month), 1, amount);
        }

        /** A row that is surely there. */
        private void update(Statement statement, String table, YearMonth month, Snapshot snapshot) throws SQLException {
            int updated = statement.executeUpdate(
                    "UPDATE public." + table + " SET amount = amount + 1, note = 'seen' WHERE id = "
                            + (1 + random.nextInt(FIXED)) + " AND " + in(month));
            moments.see(partition(table, month), snapshot, updated, 1);
            entries.add(partition(table, month), 0, updated);
        }

        /** Any row that is not fixed, if there is one. */
        private long[] take(Statement statement, String verb, String table, YearMonth month) throws SQLException {
            long[] taken = {0, 0};
            try (ResultSet row = statement.executeQuery(verb
                    + " WHERE (id, created_at) IN (SELECT id, created_at FROM public." + table + " WHERE NOT fixed AND "
                    + in(month) + " LIMIT 1) AND " + in(month) + " RETURNING amount")) {
                while (row.next()) {
                    taken[0]++;
                    taken[1] += row.getLong(1);
                }
            }
            entries.add(partition(table, month), -taken[0], -taken[1]);
            return taken;
        }

        private <T> T any(List<T> some) {
            return some.get(random.nextInt(some.size()));
        }

        @Override
        public void committed() {
            ledger.book(entries);
        }
    }

    /**
     * Sees what is surely there, by month and as a whole, and in one snapshot the same twice. Of what is retired that cannot be said:
     * for a snapshot that has not touched the table yet, DETACH CONCURRENTLY does not wait, and its first statement may still
     * find the month that its second does not.
     */
    private final class Reading implements Application.Turn {

        private final String isolation;
        private boolean slow;

        Reading(String isolation) {
            this.isolation = isolation;
        }

        @Override
        public void take(Statement statement) throws SQLException {
            List<YearMonth> months = window;
            Snapshot snapshot = Snapshot.take(statement, isolation);
            slow = !slow;
            if (slow) {
                LockSupport.parkNanos(60_000_000);
            }
            String kept = "date_trunc('month', created_at) >= '" + months.get(0).atDay(1) + "'";
            for (String table : RANGES) {
                String before = whole(statement, table + " WHERE " + kept);
                for (YearMonth month : months) {
                    moments.see(partition(table, month), snapshot, fixed(statement, table, in(month)), FIXED);
                }
                assertThat(fixed(statement, table, kept))
                        .as(isolation)
                        .isGreaterThanOrEqualTo((long) FIXED * months.size());
                if (!isolation.equals("read committed")) {
                    assertThat(whole(statement, table + " WHERE " + kept))
                            .as(isolation)
                            .isEqualTo(before);
                }
            }
        }

        private static long fixed(Statement statement, String table, String where) throws SQLException {
            return Long.parseLong(
                    text(statement, "SELECT count(*) FROM public." + table + " WHERE fixed AND " + where));
        }
    }

    /** Locks everything, takes its time, and sees the same at its end as in its beginning. */
    private static final class Dumping implements Application.Turn {
        @Override
        public void take(Statement statement) throws SQLException {
            statement.execute("LOCK TABLE public.orders, public.events, public.customers IN ACCESS SHARE MODE");
            List<String> before = all(statement);
            LockSupport.parkNanos(500_000_000);
            assertThat(all(statement)).isEqualTo(before);
        }

        private static List<String> all(Statement statement) throws SQLException {
            return List.of(whole(statement, "orders"), whole(statement, "events"), whole(statement, "customers"));
        }
    }

    private static String whole(Statement statement, String table) throws SQLException {
        return text(statement, "SELECT count(*) || ' ' || coalesce(sum(amount), 0) FROM public." + table);
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
