package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** An index on a table of two hundred days, beside the single builds on its partitions alone. */
final class OnlineIndex {

    private static final int LEAVES = 200;

    /** So many that a build is more than its commits. */
    private static final int ROWS = 50_000;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy_MM_dd");

    private final Setting setting;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    OnlineIndex(Setting setting) {
        this.setting = setting;
    }

    List<Figure> figures() throws Exception {
        Database database = Database.create("indexing");
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        try (HikariDataSource pool = database.pool();
                Connection plain = database.connect("floor")) {
            create(plain);
            for (int round = -1; round < setting.rounds(); round++) {
                double ours = milliseconds(() -> partita(pool));
                Database.run(plain, "DROP INDEX orders_customer_id_idx");
                Database.run(plain, "CHECKPOINT");
                double theirs = milliseconds(() -> singly(plain));
                dropSingly(plain);
                Database.run(plain, "CHECKPOINT");
                if (round >= 0) {
                    our.add(ours);
                    their.add(theirs);
                }
            }
        }
        return List.of(Figure.beside(
                String.format(
                        "build an index on %d partitions of %,d rows, beside the sum of CREATE INDEX CONCURRENTLY on each",
                        LEAVES, ROWS),
                Median.of(our),
                Median.of(their),
                "ms",
                "≤ 1.1"));
    }

    private static double milliseconds(Meter.Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void partita(HikariDataSource pool) throws SQLException {
        Run run = Partita.of(
                        pool,
                        Declarations.of(TableDeclaration.table("orders")
                                .range("created_at")
                                .every("1 day")
                                .ahead(0)
                                .build()
                                .withIndexes(List.of(IndexDeclaration.on("customer_id")))))
                .apply();
        if (!run.complete() || run.steps().size() != 1 + 2 * LEAVES) {
            throw new IllegalStateException("partita left something undone");
        }
    }

    private void singly(Connection connection) throws SQLException {
        for (String partition : partitions()) {
            Database.run(
                    connection,
                    "CREATE INDEX CONCURRENTLY " + partition + "_customer_id_idx ON " + partition + " (customer_id)");
        }
    }

    private void dropSingly(Connection connection) throws SQLException {
        for (String partition : partitions()) {
            Database.run(connection, "DROP INDEX " + partition + "_customer_id_idx");
        }
    }

    private List<String> partitions() {
        List<String> partitions = new ArrayList<>();
        for (int day = 0; day < LEAVES; day++) {
            partitions.add("orders_" + DAY.format(today.minusDays(day)));
        }
        return partitions;
    }

    private void create(Connection connection) throws SQLException {
        Database.run(
                connection,
                "CREATE TABLE orders (id bigint, created_at timestamptz NOT NULL, customer_id bigint, note text)"
                        + " PARTITION BY RANGE (created_at)");
        for (int day = 0; day < LEAVES; day++) {
            LocalDate begin = today.minusDays(day);
            Database.run(
                    connection,
                    "CREATE TABLE orders_%s PARTITION OF orders FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')"
                            .formatted(DAY.format(begin), begin, begin.plusDays(1)));
            Database.run(
                    connection,
                    "INSERT INTO orders_%s SELECT n, '%s 12:00+00', hashint8(n), repeat('x', 40) FROM generate_series(1, %d) n"
                            .formatted(DAY.format(begin), begin, ROWS));
        }
        Database.run(connection, "VACUUM ANALYZE orders");
    }
}
