package dev.partita.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** One table with very many partitions, planned in little memory. */
final class LargeTable {

    private static final int MEGABYTES = 256;
    private static final int AHEAD = 30;

    private final Setting setting;

    LargeTable(Setting setting) {
        this.setting = setting;
    }

    List<Figure> figures() throws Exception {
        Database database = Database.create("large");
        LocalDate from = LocalDate.now(ZoneOffset.UTC).plusDays(AHEAD + 1L).minusDays(setting.leaves());
        create(database, from);
        Path file = setting.work().resolve("large.yml");
        Files.writeString(
                file,
                "tables:\n  large:\n    range: created_at\n    every: 1 day\n    zone: UTC\n    from: %s\n    ahead: %d\n"
                        .formatted(from, AHEAD));
        List<Double> command = new Command(setting, database, "plan", "--exit-code", "--file", file.toString())
                .withHeap(MEGABYTES)
                .milliseconds(setting.runs());
        String what = "plan a table of " + setting.leaves() + " partitions";
        return List.of(
                Figure.alone(
                        what + ", the whole command with -Xmx" + MEGABYTES + "m",
                        Median.of(command),
                        "ms",
                        "≤ 1000 ms"),
                Figure.alone(what + ", in a warm process", Median.of(warm(database, from)), "ms", ""));
    }

    private List<Double> warm(Database database, LocalDate from) throws SQLException {
        TableDeclaration table = TableDeclaration.table("large")
                .range("created_at")
                .every("1 day")
                .zone("UTC")
                .from(from.toString())
                .ahead(AHEAD)
                .build();
        List<Double> took = new ArrayList<>();
        try (HikariDataSource pool = database.pool()) {
            Partita partita = Partita.of(pool, Declarations.of(table));
            for (int run = -2; run < setting.runs(); run++) {
                long begin = System.nanoTime();
                if (!partita.plan().isEmpty()) {
                    throw new IllegalStateException("there was to be nothing to do");
                }
                if (run >= 0) {
                    took.add((System.nanoTime() - begin) / 1e6);
                }
            }
        }
        return took;
    }

    private void create(Database database, LocalDate from) throws SQLException {
        try (Connection connection = database.connect("benchmarks")) {
            Database.run(connection, "SET synchronous_commit = off");
            Database.run(connection, "SET TimeZone = 'UTC'");
            Database.run(
                    connection,
                    "CREATE TABLE large (id bigint, created_at timestamptz NOT NULL) PARTITION BY RANGE (created_at)");
            for (int day = 0; day < setting.leaves(); day++) {
                LocalDate begin = from.plusDays(day);
                Database.run(
                        connection,
                        "CREATE TABLE large_%1$tY_%1$tm_%1$td PARTITION OF large FOR VALUES FROM ('%1$s') TO ('%2$s')"
                                .formatted(begin, begin.plusDays(1)));
            }
            Database.run(connection, "VACUUM ANALYZE");
        }
    }
}
