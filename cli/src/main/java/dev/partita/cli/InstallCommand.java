package dev.partita.cli;

import dev.partita.execution.StateSchema;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Identifier;
import java.sql.Connection;
import java.util.Optional;
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
            "Make the state schema: the lease that keeps two runners apart, and the journal.",
            "",
            "Plain maintenance does not need it. An older one is brought up to date. With --print",
            "nothing is changed: it shows the roles, grants and tables as SQL, for a DBA to read",
            "and run; where an older one is there, only what has been added since.",
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
                console.out().print(script(session, declared));
                return ExitCode.FINE;
            }
            session.connected().requireWritable();
            Optional<Integer> before = session.ask(() -> {
                try (Connection connection = session.dataSource().getConnection()) {
                    return StateSchema.install(connection);
                }
            });
            console.out()
                    .println((before.isPresent() ? "Brought up to date" : "Installed") + ": schema partita, version "
                            + StateSchema.VERSION + ".");
            return ExitCode.FINE;
        }
    }

    private String script(Session session, Declared declared) {
        Optional<Integer> installed = session.ask(() -> {
            try (Connection connection = session.dataSource().getConnection()) {
                return StateSchema.version(connection);
            }
        });
        return installed.isPresent() && installed.get() < StateSchema.VERSION
                ? StateSchema.upgradeScript(installed.get())
                : StateSchema.script(
                        owners(session, declared), session.connected().major());
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
