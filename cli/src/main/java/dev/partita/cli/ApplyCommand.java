package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.plan.Window;
import dev.partita.problem.Problem;
import dev.partita.report.ProblemText;
import dev.partita.report.RunText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code partita apply}. */
@Command(
        name = "apply",
        description = "Do what has to happen.",
        footer = {
            "",
            "Each step is a transaction of its own and waits for a lock for moments only;",
            "what was done stays done. Running it twice does no harm.",
            "",
            "Examples:",
            "  partita apply                     plan and run",
            "  partita apply plan.json           what a saved plan says, or nothing",
            "  partita apply --table shop.orders one table only",
            "  partita apply --for 2021-01..2021-12"
        })
final class ApplyCommand implements Callable<Integer> {

    /** Another runner may get ahead of us now and then; if it does so for ever, something is wrong. */
    private static final int MOST_ROUNDS = 3;

    private final Console console;

    @Mixin
    private Common common = new Common();

    @Mixin
    private DeclarationOptions declaration = new DeclarationOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private WindowOption window = new WindowOption();

    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            converter = LockTimeout.class,
            description = "The longest single wait for a lock (default: 300ms).")
    private @Nullable Duration lockTimeout;

    ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Declared declared = Declared.in(declaration.file(console));
        Declarations chosen = declaration.chosen(declared.declarations());
        List<Window> windows = window.windows(chosen);
        try (Stopping stopping = Stopping.begin();
                Session session = Session.open(console, common, database, declared.database())) {
            session.connected().requireWritable();
            Run run = run(session, stopping, chosen, windows);
            console.out().print(RunText.of(run, session.heading(), common.look(console)));
            return code(run);
        }
    }

    private Run run(Session session, Stopping stopping, Declarations chosen, List<Window> windows) {
        Partita partita = Partita.of(session.dataSource(), chosen).with(patience());
        try (Leadership leadership = Leadership.take(session, partita, this::alarm)) {
            Run run = round(partita, leadership, stopping, session.ask(() -> partita.plan(windows)));
            for (int round = 2; round <= MOST_ROUNDS && run.moved() && !run.stopped(); round++) {
                run = round(partita, leadership, stopping, session.ask(() -> partita.plan(windows)))
                        .after(run);
            }
            return run;
        }
    }

    private Run round(Partita partita, Leadership leadership, Stopping stopping, Plan plan) {
        PlanRunner runner = partita.runner(
                leadership.fence(), Progress.of(console, common, plan.steps().count()));
        stopping.by(runner::stop);
        return runner.run(plan);
    }

    private void alarm(Problem problem) {
        console.err().print(ProblemText.of(problem, common.look(console)));
    }

    private Patience patience() {
        return lockTimeout == null ? Patience.KIND : Patience.KIND.withLockTimeout(lockTimeout);
    }

    private static int code(Run run) {
        if (run.stopped()) {
            return ExitCode.INTERRUPTED;
        }
        return run.complete() && !run.plan().has(Severity.ERROR) ? ExitCode.FINE : ExitCode.NEEDS_A_PERSON;
    }
}
