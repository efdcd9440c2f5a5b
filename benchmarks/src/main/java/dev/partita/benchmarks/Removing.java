package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.partita.Partita;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Getting rid of a quarter of the rows: by retiring and dropping their partitions, and by DELETE and VACUUM. */
final class Removing {

    private static final int DAYS = 20;
    private static final int OLD = 5;
    private static final int ROWS = 50_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy_MM_dd");

    private final Setting setting;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    Removing(Setting setting) {
        this.setting = setting;
    }

    /**
     * What it cost.
     *
     * @param milliseconds on the clock
     * @param logged bytes of write-ahead log
     * @param left bytes of the table and its indexes afterwards, and of what was taken out of it
     */
    private record Price(double milliseconds, long logged, long left) {}

    List<Figure> figures() throws Exception {
        Database database = Database.create("removing");
        List<Price> our = new ArrayList<>();
        List<Price> their = new ArrayList<>();
        try (HikariDataSource pool = database.pool();
                Connection plain = database.connect("floor")) {
            for (int round = -1; round < setting.rounds(); round++) {
                create(plain);
                Price ours = price(plain, "ours", () -> partita(pool));
                Price theirs = price(plain, "theirs", () -> {
                    Database.run(
                            plain,
                            "DELETE FROM theirs WHERE created_at < '" + today.minusDays(DAYS - OLD - 1) + " 00:00+00'");
                    Database.run(plain, "VACUUM theirs");
                });
                if (round >= 0) {
                    our.add(ours);
                    their.add(theirs);
                }
            }
        }
        String what = String.format(
                "get rid of %,d of %,d rows by retiring and dropping %d of %d partitions, beside DELETE and VACUUM of a plain table",
                OLD * ROWS, DAYS * ROWS, OLD, DAYS);
        return List.of(
                beside(what, our, their, Price::milliseconds, "ms"),
                beside(what + ": write-ahead log", our, their, price -> price.logged() / 1024d, "kB"),
                beside(what + ": what is left on disk", our, their, price -> price.left() / 1048576d, "MB"));
    }

    private static Figure beside(
            String what, List<Price> our, List<Price> their, ToDoubleFunction<Price> figure, String unit) {
        return Figure.beside(what, median(our, figure), median(their, figure), unit, "");
    }

    private static double median(List<Price> prices, ToDoubleFunction<Price> figure) {
        return Median.of(prices.stream().map(figure::applyAsDouble).toList());
    }

    private static Price price(Connection connection, String table, Meter.Work work) throws Exception {
        // From here on the first change of each page is logged with the whole page, for both in the same way.
        Database.run(connection, "CHECKPOINT");
        long log = number(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'");
        long begin = System.nanoTime();
        work.run();
        double milliseconds = (System.nanoTime() - begin) / 1e6;
        return new Price(
                milliseconds,
                number(connection, "SELECT pg_current_wal_insert_lsn() - '0/0'") - log,
                number(
                        connection,
                        "SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relname ~ '^"
                                + table + "(_[0-9_]+)?$'"));
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    /** Takes them out, and drops them as soon as their grace is over: on its clock a moment later. */
    private static void partita(HikariDataSource pool) throws SQLException {
        Partita partita = Partita.of(
                pool,
                Declarations.of(TableDeclaration.table("ours")
                        .range("created_at")
                        .every("1 day")
                        .ahead(0)
                        .keep(DAYS - OLD + " partitions")
                        .then("drop")
                        .grace("1 minute")
                        .build()));
        DatabaseClock later =
                connection -> DatabaseClock.server().now(connection).plus(Duration.ofMinutes(2));
        for (Partita each : List.of(partita, partita.with(later))) {
            Run run = each.run(each.plan(Request.NONE.with(Request.Retire.ASKED).atMost(OLD)), RunListener.NONE);
            if (!run.complete() || run.steps().isEmpty()) {
                throw new IllegalStateException("partita left something undone");
            }
        }
    }

    private void create(Connection connection) throws SQLException {
        Database.run(connection, "DROP TABLE IF EXISTS ours, theirs");
        String columns =
                " (id bigint, created_at timestamptz NOT NULL, customer_id bigint, note text, PRIMARY KEY (id, created_at))";
        Database.run(connection, "CREATE TABLE theirs" + columns);
        Database.run(connection, "CREATE TABLE ours" + columns + " PARTITION BY RANGE (created_at)");
        for (int day = DAYS - 1; day >= 0; day--) {
            LocalDate begin = today.minusDays(day);
            Database.run(
                    connection,
                    "CREATE TABLE ours_%s PARTITION OF ours FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')"
                            .formatted(DAY.format(begin), begin, begin.plusDays(1)));
            Database.run(
                    connection,
                    "INSERT INTO theirs SELECT n, '%s 12:00+00', hashint8(n), repeat('x', 40) FROM generate_series(1, %d) n"
                            .formatted(begin, ROWS));
        }
        Database.run(connection, "INSERT INTO ours SELECT * FROM theirs");
        for (String table : List.of("ours", "theirs")) {
            Database.run(connection, "CREATE INDEX ON " + table + " (created_at)");
            Database.run(connection, "CREATE INDEX ON " + table + " (customer_id)");
            Database.run(connection, "VACUUM ANALYZE " + table);
        }
    }
}
