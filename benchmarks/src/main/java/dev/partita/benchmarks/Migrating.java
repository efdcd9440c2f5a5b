package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.StateSchema;
import dev.partita.migration.Ending;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.migration.Progress;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Turning a plain table of two years into one of months, beside one {@code INSERT … SELECT} into partitions that have their
 * indexes, and beside pg_partman. Each begins with a copy of the same database.
 */
final class Migrating {

    private static final int MONTHS = 24;
    private static final int WORKERS = 2;
    private static final int MOST_ROUNDS = 3;
    private static final double MEGABYTE = 1 << 20;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy_MM");
    private static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .ahead(2)
            .build();

    private final Setting setting;
    private final YearMonth first = YearMonth.now(ZoneOffset.UTC).minusMonths(MONTHS - 1);

    Migrating(Setting setting) {
        this.setting = setting;
    }

    /**
     * What a migration took.
     *
     * @param seconds on the clock
     * @param phases the same by phase, in milliseconds
     * @param logged megabytes of write-ahead log
     * @param heap the most megabytes of this process's heap that were taken, with what could have been collected
     */
    private record Took(double seconds, Map<Phase, Double> phases, double logged, double heap) {}

    List<Figure> figures() throws Exception {
        String what = String.format("migrate %,d rows of %d months into partitions", setting.rows(), MONTHS);
        Database small = seed("migrating_seed_small", setting.rows() / 5);
        Database seed = seed("migrating_seed", setting.rows());
        migrate(small); // compilers become warm
        List<Took> our = new ArrayList<>();
        List<Took> fifth = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        List<Double> floorLogged = new ArrayList<>();
        for (int round = 0; round < Math.min(MOST_ROUNDS, setting.rounds()); round++) {
            our.add(migrate(seed));
            plainly(seed, floor, floorLogged);
            fifth.add(migrate(small));
        }
        double seconds = Median.of(our.stream().map(Took::seconds).toList());
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.beside(
                what + " on " + WORKERS
                        + " connections, comparison and VACUUM included, beside INSERT … SELECT into partitions with indexes",
                seconds,
                Median.of(floor),
                "s",
                "≤ 0.6"));
        figures.add(Figure.beside(
                what + ", beside pg_partman's partition_data_proc", seconds, partman(seed), "s", "≤ 0.5"));
        figures.add(Figure.beside(
                what + ": write-ahead log, beside INSERT … SELECT",
                Median.of(our.stream().map(Took::logged).toList()),
                Median.of(floorLogged),
                "MB",
                ""));
        figures.add(Figure.beside(
                what + ": time of a million rows, beside that where they are a fifth",
                seconds * 1e6 / setting.rows(),
                Median.of(fifth.stream().map(Took::seconds).toList()) * 5e6 / setting.rows(),
                "s",
                "≤ 1.2"));
        for (Phase phase : our.get(0).phases().keySet()) {
            figures.add(Figure.alone(
                    what + ": " + phase.word(),
                    Median.of(our.stream()
                            .map(took -> took.phases().getOrDefault(phase, 0d))
                            .toList()),
                    "ms",
                    ""));
        }
        figures.add(Figure.alone(
                what + ": heap of the process at its largest",
                our.stream().mapToDouble(Took::heap).max().orElseThrow(),
                "MB",
                "≤ 256 MB"));
        return figures;
    }

    private Took migrate(Database seed) throws Exception {
        Database database = Database.copy("migrating", seed);
        try (HikariDataSource pool = database.pool();
                Connection plain = database.connect("benchmarks")) {
            try (Connection connection = pool.getConnection()) {
                StateSchema.install(connection);
            }
            Phases phases = new Phases();
            MigrationRunner runner = new MigrationRunner(pool, ORDERS, DatabaseClock.server(), WORKERS, phases);
            List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(part -> part.getType() == MemoryType.HEAP)
                    .toList();
            System.gc();
            heap.forEach(MemoryPoolMXBean::resetPeakUsage);
            double log = logged(plain);
            long begin = System.nanoTime();
            runner.start(false);
            Ending ending = runner.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (ending.phase() != Phase.SWAPPED || ending.problem().isPresent()) {
                throw new IllegalStateException("partita left something undone: " + ending);
            }
            return new Took(
                    seconds,
                    phases.took,
                    logged(plain) - log,
                    heap.stream()
                                    .mapToLong(part -> part.getPeakUsage().getUsed())
                                    .sum()
                            / MEGABYTE);
        }
    }

    private void plainly(Database seed, List<Double> took, List<Double> logged) throws Exception {
        Database database = Database.copy("migrating_plainly", seed);
        try (Connection connection = database.connect("floor")) {
            partitioned(connection);
            for (YearMonth month = first; !month.isAfter(first.plusMonths(MONTHS - 1)); month = month.plusMonths(1)) {
                Database.run(
                        connection,
                        "CREATE TABLE theirs_%s PARTITION OF theirs FOR VALUES FROM ('%s-01 00:00+00') TO ('%s-01 00:00+00')"
                                .formatted(MONTH.format(month), month, month.plusMonths(1)));
            }
            double log = logged(connection);
            took.add(seconds(connection, "INSERT INTO theirs SELECT * FROM orders"));
            logged.add(logged(connection) - log);
        }
    }

    /** Once, because it takes so long. */
    private double partman(Database seed) throws Exception {
        Database database = Database.copy("migrating_partman", seed);
        try (Connection connection = database.connect("pg_partman")) {
            partitioned(connection);
            Database.run(
                    connection,
                    "SELECT partman.create_parent('public.theirs', 'created_at', 'native', '1 month', p_premake := 2, p_start_partition := '%s-01')"
                            .formatted(first));
            double seconds = seconds(
                    connection,
                    "CALL partman.partition_data_proc('public.theirs', p_wait := 0, p_source_table := 'public.orders', p_quiet := true)");
            if (number(connection, "SELECT count(*) FROM theirs") != setting.rows()) {
                throw new IllegalStateException("pg_partman left something undone");
            }
            return seconds;
        }
    }

    private static void partitioned(Connection connection) throws SQLException {
        Database.run(
                connection,
                "CREATE TABLE theirs (LIKE orders INCLUDING DEFAULTS, PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at)");
        Database.run(connection, "CREATE INDEX ON theirs (customer_id)");
    }

    private static double seconds(Connection connection, String statement) throws SQLException {
        long begin = System.nanoTime();
        Database.run(connection, statement);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double logged(Connection connection) throws SQLException {
        return number(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'") / MEGABYTE;
    }

    private static double number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getDouble(1);
        }
    }

    private Database seed(String name, int rows) throws SQLException {
        Database database = Database.create(name);
        try (Connection connection = database.connect("benchmarks")) {
            Database.run(connection, "SET TimeZone = 'UTC'");
            Database.run(
                    connection,
                    "CREATE TABLE orders (id bigint NOT NULL, customer_id integer NOT NULL, created_at timestamptz NOT NULL,"
                            + " total numeric(10, 2) NOT NULL, status text NOT NULL)");
            Database.run(
                    connection,
                    ("INSERT INTO orders SELECT n, 1 + abs(hashint4(n) %% 100000), '%s-01'::timestamptz + (now() - '%s-01') * (n / %d.0),"
                                    + " abs(hashint4(n) %% 100000) / 100.0, (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + n %% 4]"
                                    + " FROM generate_series(1, %d) AS n")
                            .formatted(first, first, rows + 1, rows));
            Database.run(connection, "ALTER TABLE orders ADD PRIMARY KEY (id)");
            Database.run(connection, "CREATE INDEX ON orders (customer_id)");
            Database.run(connection, "VACUUM ANALYZE orders");
        }
        return database;
    }

    /** Adds up how long each phase was seen. */
    private static final class Phases implements MigrationListener {

        private final Map<Phase, Double> took = new EnumMap<>(Phase.class);
        private Phase phase = Phase.PREPARING;
        private long since = System.nanoTime();

        @Override
        public void seen(Progress progress) {
            long now = System.nanoTime();
            took.merge(phase, (now - since) / 1e6, Double::sum);
            since = now;
            phase = progress.phase();
        }
    }
}
