package dev.partita.cli;

import dev.partita.execution.StateSchema;
import java.sql.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita uninstall}. */
@Command(
        name = "uninstall",
        description = {
            "Remove the state schema, and leave nothing behind.",
            "",
            "Partitions and their rows are not touched. With --print nothing is changed: it shows",
            "the SQL that also removes the roles.",
            ""
        },
        footer = {"", "Examples:", "  partita uninstall --print", "  partita uninstall"})
final class UninstallCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--print", description = "Print the SQL, roles included, and change nothing.")
    private boolean print;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    UninstallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (print) {
            console.out().print(StateSchema.removalScript());
            return ExitCode.FINE;
        }
        Declared declared = Declared.ifThere(declaration.file(console));
        try (Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            session.ask(() -> {
                try (Connection connection = session.dataSource().getConnection()) {
                    StateSchema.uninstall(connection);
                    return StateSchema.VERSION;
                }
            });
            console.out().println("Removed: schema partita.");
            return ExitCode.FINE;
        }
    }
}
