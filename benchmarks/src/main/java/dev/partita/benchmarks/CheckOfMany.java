package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.partita.Partita;
import dev.partita.catalog.DatabaseClock;
import dev.partita.check.CheckReader;
import dev.partita.check.Thresholds;
import dev.partita.plan.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A look at very many tables. */
final class CheckOfMany {

    private static final int TABLES = 500;

    private final Setting setting;

    CheckOfMany(Setting setting) {
        this.setting = setting;
    }

    List<Figure> figures() throws Exception {
        Database database = Database.create("many");
        create(database);
        List<Double> command = new Command(setting, database, "check").milliseconds(setting.runs());
        String what = "check " + TABLES + " tables × 24 partitions";
        return List.of(
                Figure.alone(what + ", the whole command", Median.of(command), "ms", "≤ 2000 ms"),
                Figure.alone(what + ", in a warm process", Median.of(warm(database)), "ms", ""));
    }

    private List<Double> warm(Database database) throws SQLException {
        List<Double> took = new ArrayList<>();
        try (HikariDataSource pool = database.pool()) {
            for (int run = -2; run < setting.runs(); run++) {
                long begin = System.nanoTime();
                boolean alarm = Partita.check(pool, DatabaseClock.server(), CheckReader.with(Thresholds.USUAL))
                        .reaches(Severity.ERROR);
                if (alarm) {
                    throw new IllegalStateException("all was to be well");
                }
                if (run >= 0) {
                    took.add((System.nanoTime() - begin) / 1e6);
                }
            }
        }
        return took;
    }

    private static void create(Database database) throws SQLException {
        Fleet fleet = new Fleet("many", TABLES, true);
        try (Connection connection = database.connect("benchmarks")) {
            fleet.create(connection);
        }
        try (HikariDataSource pool = database.pool()) {
            Partita.of(pool, fleet.declared(Fleet.AHEAD))
                    .withConnections(Database.CONNECTIONS)
                    .apply();
        }
        try (Connection connection = database.connect("benchmarks")) {
            Database.run(connection, "VACUUM ANALYZE");
        }
    }
}
