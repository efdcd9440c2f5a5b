package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Patience;
import dev.partita.json.PlanJson;
import dev.partita.json.SavedPlan;
import dev.partita.plan.Plan;
import dev.partita.plan.Request;
import dev.partita.plan.Severity;
import dev.partita.report.Heading;
import dev.partita.report.PlanScript;
import dev.partita.report.PlanText;
import dev.partita.report.Visible;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            "  partita plan --retire               what has been kept long enough as well",
            "  partita plan --repair               existing partitions like their table again as well",
            "  partita plan --exit-code -q         2 when something is to be done, 0 when not"
        })
final class PlanCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--sql", description = "As a script that psql runs, with the reasons as comments.")
    private boolean sql;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write the plan to a file as well, for: partita apply FILE")
    private @Nullable Path save;

    @Option(names = "--exit-code", description = "Exit with 2 when something is to be done.")
    private boolean exitCode;

    @Mixin
    private WindowOption window = new WindowOption();

    @Option(
            names = "--repair",
            description = "Make existing partitions like their table again: owner, grants, row security and more.")
    private boolean repair;

    @Mixin
    private RetireOptions retire = new RetireOptions();

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private Common common = new Common();

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (sql && common.json()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--sql and --format json exclude each other; the JSON holds the SQL of each step");
        }
        Declared declared = Declared.in(declaration.file(console));
        Declarations chosen = declaration.chosen(declared.declarations());
        Request asked = retire.request(window.windows(chosen));
        Request request = repair ? asked.repairing() : asked;
        try (Session session = Session.open(console, common, database, declared.database())) {
            Partita partita = session.partita(chosen);
            Plan plan = session.ask(() -> partita.plan(request));
            console.out().print(text(plan, session.heading()));
            if (save != null) {
                save(console.path(save), SavedPlan.text(plan, session.heading(), request, Saved::canonical));
            }
            return code(plan);
        }
    }

    private String text(Plan plan, Heading heading) {
        if (common.json()) {
            return PlanJson.of(plan, heading);
        }
        return sql
                ? PlanScript.of(plan, heading, Patience.KIND, console.terminal())
                : PlanText.of(plan, heading, Patience.KIND, common.look(console));
    }

    private void save(Path file, String text) {
        OutputFile.write(file, text);
        if (!common.quiet()) {
            console.err().println("Saved. After a look at it: partita apply " + Visible.of(String.valueOf(save)));
        }
    }

    private int code(Plan plan) {
        if (plan.has(Severity.ERROR)) {
            return ExitCode.NEEDS_A_PERSON;
        }
        return exitCode && !plan.isEmpty() ? ExitCode.CHANGES_PENDING : ExitCode.FINE;
    }
}
