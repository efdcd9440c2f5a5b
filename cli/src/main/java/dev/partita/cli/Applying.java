package dev.partita.cli;

import dev.partita.Partita;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.json.RunJson;
import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.report.ProblemText;
import dev.partita.report.RunText;

/** Runs plans for {@code partita apply}: under the lease, with progress, and so that the process can be stopped. */
final class Applying {

    private final Console console;
    private final Common common;
    private final Session session;
    private final Partita partita;
    private final Stopping stopping;

    Applying(Console console, Common common, Session session, Partita partita, Stopping stopping) {
        this.console = console;
        this.common = common;
        this.session = session;
        this.partita = partita;
        this.stopping = stopping;
    }

    /**
     * Plans and runs, and does it again when somebody else has changed a table meanwhile.
     *
     * @param most how often; another runner may get ahead of us now and then, and if it does so for ever, something is wrong
     */
    Run rounds(Session.Question<Plan> planning, int most) {
        try (Leadership leadership = Leadership.take(
                session, partita, problem -> console.err().print(ProblemText.of(problem, common.look(console))))) {
            Run run = run(session.ask(planning), leadership);
            for (int round = 2; round <= most && run.moved() && !run.stopped(); round++) {
                run = run(session.ask(planning), leadership).after(run);
            }
            return run;
        }
    }

    /** Prints what became of it, and gives the exit code. */
    int tell(Run run) {
        run.alarms().forEach(alarm -> console.err().print(ProblemText.of(alarm, common.look(console))));
        console.out()
                .print(
                        common.json()
                                ? RunJson.of(run, session.heading())
                                : RunText.of(run, session.heading(), common.look(console)));
        if (run.stopped()) {
            return ExitCode.INTERRUPTED;
        }
        return run.complete() && !run.plan().has(Severity.ERROR) ? ExitCode.FINE : ExitCode.NEEDS_A_PERSON;
    }

    private Run run(Plan plan, Leadership leadership) {
        PlanRunner runner = partita.runner(
                leadership.fence(),
                Progress.of(console, common, session.dataSource(), plan.steps().count()));
        stopping.by(runner::stop);
        return runner.run(plan);
    }
}
