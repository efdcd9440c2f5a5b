package dev.partita.json;

import dev.partita.execution.Outcome;
import dev.partita.execution.Run;
import dev.partita.execution.Run.Executed;
import dev.partita.plan.TablePlan;
import dev.partita.report.Heading;
import java.util.Optional;

/** A run as a document of {@code run.schema.json}. */
public final class RunJson {

    private RunJson() {}

    /** The document, over several lines. */
    public static String of(Run run, Heading heading) {
        return Json.pretty(Envelope.of("apply", Optional.of(run.plan().now()), heading.version(), json -> {
            Envelope.database(json, heading, run.plan().server());
            json.objects("tables", run.plan().tables(), (object, table) -> table(object, table, run));
            json.objects("alarms", run.alarms(), ProblemJson::write);
            json.object(
                    "summary",
                    summary -> summary.number("steps", run.steps().size())
                            .number("done", run.done())
                            .flag("complete", run.complete())
                            .flag("stopped", run.stopped())
                            .number("took_ms", run.took().toMillis()));
        }));
    }

    private static void table(Json json, TablePlan table, Run run) {
        PlanJson.about(json, table);
        json.objects(
                "steps",
                run.steps().stream()
                        .filter(executed -> executed.step().table().equals(table.name()))
                        .toList(),
                RunJson::step);
        ProblemJson.write(json, table.findings());
    }

    private static void step(Json json, Executed executed) {
        StepJson.write(json, executed.step());
        json.object("outcome", outcome -> outcome(outcome, executed.outcome()));
    }

    private static void outcome(Json json, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            json.text("result", "done")
                    .number("took_ms", done.took().toMillis())
                    .number("attempts", done.attempts())
                    .number("waited_ms", done.waited().toMillis());
        } else if (outcome instanceof Outcome.Blocked blocked) {
            json.text("result", "blocked")
                    .object("problem", problem -> ProblemJson.write(problem, blocked.problem()))
                    .objects("blockers", blocked.blockers(), RunJson::blocker);
        } else if (outcome instanceof Outcome.Failed failed) {
            json.text("result", "failed").object("problem", problem -> ProblemJson.write(problem, failed.problem()));
        } else if (outcome instanceof Outcome.Moved moved) {
            json.text("result", "moved").object("problem", problem -> ProblemJson.write(problem, moved.problem()));
        } else if (outcome instanceof Outcome.Vetoed vetoed) {
            json.text("result", "vetoed").object("problem", problem -> ProblemJson.write(problem, vetoed.problem()));
        } else if (outcome instanceof Outcome.Skipped skipped) {
            json.text("result", "skipped").text("why", skipped.why());
        }
    }

    private static void blocker(Json json, Outcome.Blocker blocker) {
        json.number("pid", blocker.pid())
                .text("application", blocker.application())
                .text("user", blocker.user())
                .text("state", blocker.state())
                .number("since_s", blocker.since().toSeconds())
                .text("lock", blocker.lock());
    }
}
