package dev.partita.cli;

import dev.partita.migration.Ending;
import dev.partita.migration.Extent;
import dev.partita.migration.Migration;
import dev.partita.migration.Migrations;
import dev.partita.report.MigrationText;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate finish}. */
@Command(
        name = "finish",
        description = {
            "Drop the old table, and end the migration: from then on there is no way back.",
            "",
            "Refuses as long as the new table is not in use. partita migrate status names the table",
            "that is dropped.",
            ""
        },
        footer = {"", "Example:", "  partita migrate finish orders"})
final class MigrateFinish implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Migrating migrating = new Migrating();

    private @Nullable String dropped;

    MigrateFinish(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(
                console,
                1,
                (runner, session, stopping) -> {
                    Optional<Migration> migration = runner.open();
                    if (migration.isPresent()) {
                        try (Connection connection = session.dataSource().getConnection()) {
                            Migrations.extent(connection, migration.get().retired())
                                    .ifPresent(extent -> dropped = words(migration.get(), extent));
                        }
                    }
                    return runner.finish();
                },
                this::words);
    }

    private String words(Migration migration, Extent extent) {
        return MigrationText.dropped(migration.retired(), extent, migrating.look(console));
    }

    private String words(Ending ending) {
        return dropped != null && ending.phase().isOver()
                ? dropped
                : MigrationText.of(migrating.table(), ending, migrating.look(console));
    }
}
