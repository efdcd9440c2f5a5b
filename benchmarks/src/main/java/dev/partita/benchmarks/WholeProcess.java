package dev.partita.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

/** What somebody waits for who types a command. */
final class WholeProcess {

    private static final int FEW_TABLES = 5;

    private final Setting setting;

    WholeProcess(Setting setting) {
        this.setting = setting;
    }

    List<Figure> figures() throws Exception {
        Database database = Database.create("small");
        Fleet fleet = new Fleet("small", FEW_TABLES, false);
        try (Connection connection = database.connect("benchmarks")) {
            fleet.create(connection);
        }
        Path file = setting.work().resolve("small.yml");
        Files.writeString(file, fleet.yaml(Fleet.AHEAD));
        List<Double> version = new Command(setting, database, "--version").milliseconds(setting.runs());
        List<Double> plan =
                new Command(setting, database, "plan", "--file", file.toString()).milliseconds(setting.runs());
        return List.of(
                Figure.alone("`partita --version`", Median.of(version), "ms", "≤ 250 ms"),
                Figure.alone(
                        "`partita plan`, " + FEW_TABLES + " tables, " + FEW_TABLES * 24 + " partitions to make",
                        Median.of(plan),
                        "ms",
                        "≤ 1000 ms"));
    }
}
