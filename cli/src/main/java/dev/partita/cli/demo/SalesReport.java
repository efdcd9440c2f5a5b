package dev.partita.cli.demo;

import dev.partita.sql.Sql;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was sold where in one month. */
record SalesReport(YearMonth month) {

    /** Odd, so that there is a run in the middle. */
    static final int RUNS = 5;

    /**
     * The sales of a region.
     *
     * @param region where the orders went
     * @param sales the sum of their amounts
     */
    record Sales(String region, BigDecimal sales) {
        String line() {
            return String.format(Locale.ROOT, "    %-4s%,16.2f", region, sales);
        }
    }

    Sql sql() {
        return Sql.of("""
                SELECT shipping_region, sum(amount) AS sales
                FROM {}
                WHERE created_at >= {} AND created_at < {}
                GROUP BY shipping_region
                ORDER BY shipping_region""", Shop.ORDERS, Shop.beginning(month), Shop.beginning(month.plusMonths(1)));
    }

    List<Sales> run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql().sql())) {
            List<Sales> report = new ArrayList<>();
            while (rows.next()) {
                report.add(new Sales(rows.getString(1), rows.getBigDecimal(2)));
            }
            return report;
        }
    }

    /** Runs it a few times under EXPLAIN, and takes the run in the middle. */
    Measured measure(Connection connection) throws SQLException {
        List<Measured> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < RUNS; i++) {
                try (ResultSet answer =
                        statement.executeQuery(Sql.of("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {}", sql())
                                .sql())) {
                    answer.next();
                    runs.add(Measured.of(answer.getString(1)));
                }
            }
        }
        return Measured.median(runs);
    }
}
