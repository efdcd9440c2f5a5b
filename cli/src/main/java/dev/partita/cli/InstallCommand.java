package dev.partita.cli;

import dev.partita.execution.StateSchema;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Identifier;
import java.sql.Connection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita install}. */
@Command(
        name = "install",
        description = {
            "Make the state schema: the lease that keeps two runners apart.",
            "",
            "Plain maintenance does not need it. With --print nothing is changed: it shows the",
            "roles, grants and tables as SQL, for a DBA to read and run.",
            ""
        },
        footer = {"", "Examples:", "  partita install --print > install.sql", "  partita install"})
final class InstallCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--print", description = "Print the SQL, roles included, and change nothing.")
    private boolean print;

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    InstallCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.ifThere(declaration.file(console));
        try (Session session = Session.open(console, common, database, declared.database())) {
            if (print) {
                console.out()
                        .print(StateSchema.script(
                                owners(session, declared), session.connected().major()));
                return ExitCode.FINE;
            }
            session.connected().requireWritable();
            session.ask(() -> {
                try (Connection connection = session.dataSource().getConnection()) {
                    StateSchema.install(connection);
                    return StateSchema.VERSION;
                }
            });
            console.out().println("Installed: schema partita, version " + StateSchema.VERSION + ".");
            return ExitCode.FINE;
        }
    }

    /** For whom partita has to be able to act. */
    private Set<Identifier> owners(Session session, Declared declared) {
        Plan plan = session.ask(session.partita(declaration.chosen(declared.declarations()))::plan);
        Set<Identifier> owners = new TreeSet<>();
        for (TablePlan table : plan.tables()) {
            table.owner().ifPresent(owners::add);
        }
        return owners;
    }
}
