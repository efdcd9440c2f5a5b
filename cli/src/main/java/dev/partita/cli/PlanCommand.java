package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Patience;
import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.plan.Window;
import dev.partita.report.PlanScript;
import dev.partita.report.PlanText;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita plan}. */
@Command(
        name = "plan",
        description = "Show what has to happen, and change nothing.",
        footer = {
            "",
            "Examples:",
            "  partita plan                        for people",
            "  partita plan --sql                  as a script, with reasons",
            "  partita plan --save plan.json       to be reviewed, then: partita apply plan.json",
            "  partita plan --for 2021-01..2021-12 partitions for a back-dated import as well",
            "  partita plan --exit-code -q         2 when something is to be done, 0 when not"
        })
final class PlanCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Common common = new Common();

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private WindowOption window = new WindowOption();

    @Option(names = "--sql", description = "As a script that psql runs, with the reasons as comments.")
    private boolean sql;

    @Option(names = "--exit-code", description = "Exit with 2 when something is to be done.")
    private boolean exitCode;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.in(declaration.file(console));
        Declarations chosen = declaration.chosen(declared.declarations());
        List<Window> windows = window.windows(chosen);
        try (Session session = Session.open(console, common, database, declared.database())) {
            Partita partita = Partita.of(session.dataSource(), chosen);
            Plan plan = session.ask(() -> partita.plan(windows));
            console.out()
                    .print(
                            sql
                                    ? PlanScript.of(plan, session.heading(), Patience.KIND)
                                    : PlanText.of(plan, session.heading(), Patience.KIND, common.look(console)));
            return code(plan);
        }
    }

    private int code(Plan plan) {
        if (plan.has(Severity.ERROR)) {
            return ExitCode.NEEDS_A_PERSON;
        }
        return exitCode && !plan.isEmpty() ? ExitCode.CHANGES_PENDING : ExitCode.FINE;
    }
}
