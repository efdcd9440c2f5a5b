package dev.partita.cli;

import dev.partita.json.MigrationsJson;
import dev.partita.migration.Extent;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Migrations;
import dev.partita.migration.Rehearsed;
import dev.partita.problem.PartitaException;
import dev.partita.report.MigrationPlan;
import dev.partita.report.MigrationText;
import java.sql.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate plan}. */
@Command(
        name = "plan",
        description = {
            "Show what stands against a migration, or else what it would do, and change nothing.",
            "",
            "Each phase with its strongest lock on the table, and who waits for it; how much disk and",
            "how long it takes. The whole way is gone on an empty copy of the table and rolled back, so",
            "that what the server refuses is known before.",
            ""
        },
        footer = {"", "Example:", "  partita migrate plan orders"})
final class MigratePlan implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Migrating migrating = new Migrating();

    MigratePlan(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.look(console, this::plan);
    }

    private int plan(MigrationRunner runner, Session session) {
        Rehearsed rehearsed = session.ask(runner::rehearse);
        rehearsed.failed().ifPresent(failed -> {
            throw new PartitaException(failed);
        });
        Extent extent = session.ask(() -> {
            try (Connection connection = session.dataSource().getConnection()) {
                return Migrations.extent(connection, migrating.table()).orElseThrow();
            }
        });
        MigrationPlan plan = new MigrationPlan(migrating.table(), extent, rehearsed);
        console.out()
                .print(
                        migrating.json()
                                ? MigrationsJson.of(plan, session.now(), Main.version())
                                : MigrationText.of(plan, migrating.look(console)));
        return ExitCode.FINE;
    }
}
