package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Taking a hundred days out of a table, beside the same statements without partita. */
final class Retiring {

    private static final int OLD = 100;
    private static final int KEPT = 10;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy_MM_dd");

    private final Setting setting;
    private final boolean withDefault;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    Retiring(Setting setting, boolean withDefault) {
        this.setting = setting;
        this.withDefault = withDefault;
    }

    List<Figure> figures() throws Exception {
        Database database = Database.create("retiring");
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        double blocked = 0;
        try (HikariDataSource pool = database.pool();
                Connection plain = database.connect("floor")) {
            for (int round = -2; round < setting.rounds(); round++) {
                create(plain, "ours");
                create(plain, "theirs");
                double ours = milliseconds(() -> partita(pool));
                double theirs = milliseconds(() -> plainly(plain));
                if (round >= 0) {
                    our.add(ours);
                    their.add(theirs);
                }
            }
            for (int round = 0; round < 3; round++) {
                create(plain, "ours");
                try (Reader reader = new Reader(database, List.of("ours"))) {
                    TimeUnit.SECONDS.sleep(1); // the table is to have been read before it counts
                    partita(pool);
                    blocked = Math.max(blocked, reader.end().blocked());
                }
            }
        }
        String what =
                "retire " + OLD + " of " + (OLD + KEPT) + " partitions" + (withDefault ? ", beside a DEFAULT" : "");
        return List.of(
                Figure.beside(
                        what + ", beside the same statements in plain SQL",
                        Median.of(our),
                        Median.of(their),
                        "ms",
                        "≤ 1.2"),
                Figure.alone(
                        what + ": a reader's longest wait for a lock", blocked, "ms", withDefault ? "" : "≤ 10 ms"));
    }

    private static double milliseconds(Meter.Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    private void partita(HikariDataSource pool) throws SQLException {
        Partita partita = Partita.of(
                pool,
                Declarations.of(TableDeclaration.table("ours")
                        .range("created_at")
                        .every("1 day")
                        .ahead(0)
                        .keep(KEPT + " partitions")
                        .build()));
        Run run =
                partita.run(partita.plan(Request.NONE.with(Request.Retire.ASKED).atMost(OLD)), RunListener.NONE);
        if (!run.complete() || run.steps().isEmpty()) {
            throw new IllegalStateException("partita left something undone");
        }
    }

    private void plainly(Connection connection) throws SQLException {
        for (int day = OLD + KEPT - 1; day >= KEPT; day--) {
            String partition = "theirs_" + DAY.format(today.minusDays(day));
            String comment = "COMMENT ON TABLE " + partition + " IS 'retired, and where from, and when'";
            String detach = "ALTER TABLE theirs DETACH PARTITION " + partition;
            if (withDefault) {
                Database.run(connection, "BEGIN; " + comment + "; " + detach + "; COMMIT");
            } else {
                Database.run(connection, comment);
                Database.run(connection, detach + " CONCURRENTLY");
            }
        }
    }

    private void create(Connection connection, String table) throws SQLException {
        Database.run(connection, "DROP TABLE IF EXISTS " + table);
        for (int day = OLD + KEPT - 1; day >= 0; day--) {
            Database.run(connection, "DROP TABLE IF EXISTS " + table + "_" + DAY.format(today.minusDays(day)));
        }
        Database.run(
                connection,
                "CREATE TABLE " + table + " (id bigint, created_at timestamptz NOT NULL, PRIMARY KEY (id, created_at))"
                        + " PARTITION BY RANGE (created_at)");
        for (int day = OLD + KEPT - 1; day >= 0; day--) {
            LocalDate begin = today.minusDays(day);
            Database.run(
                    connection,
                    "CREATE TABLE %s_%s PARTITION OF %s FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')"
                            .formatted(table, DAY.format(begin), table, begin, begin.plusDays(1)));
        }
        if (withDefault) {
            Database.run(connection, "CREATE TABLE " + table + "_default PARTITION OF " + table + " DEFAULT");
        }
        Database.run(
                connection,
                "INSERT INTO " + table
                        + " SELECT n, now() - n * interval '1 minute' FROM generate_series(1, 100000) n");
        Database.run(connection, "ANALYZE " + table);
    }
}
