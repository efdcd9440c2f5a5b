package dev.partita.cli;

import dev.partita.json.MigrationsJson;
import dev.partita.migration.Migrations;
import dev.partita.migration.Standing;
import dev.partita.report.MigrationText;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate list}. */
@Command(
        name = "list",
        description = "List all migrations of the database, the newest first, ended ones too.",
        footer = {"", "Example:", "  partita migrate list"})
final class MigrateList implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    MigrateList(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.ifThere(declaration.file(console));
        try (Session session = Session.open(console, common, database, declared.database())) {
            List<Standing> standings = session.ask(() -> {
                try (Connection connection = session.dataSource().getConnection()) {
                    return Migrations.all(connection, session.now());
                }
            });
            List<Standing> chosen = standings.stream()
                    .filter(standing -> declaration.named().isEmpty()
                            || declaration.named().contains(standing.migration().table()))
                    .toList();
            console.out()
                    .print(
                            common.json()
                                    ? MigrationsJson.of("migrate list", chosen, session.now(), Main.version())
                                    : MigrationText.list(chosen, common.look(console)));
            return ExitCode.FINE;
        }
    }
}
