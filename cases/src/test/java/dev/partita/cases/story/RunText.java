package dev.partita.cases.story;

import dev.partita.execution.Outcome;
import dev.partita.execution.Run;
import java.util.stream.Collectors;

/** What became of each step; durations, process ids and the like are left out. */
final class RunText {

    private RunText() {}

    static String of(Run run) {
        return run.steps().stream()
                .map(executed -> PlanText.of(executed.step()) + "\n  " + words(executed.outcome()))
                .collect(Collectors.joining("\n"));
    }

    private static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            return "done";
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return "skipped: " + skipped.why();
        }
        if (outcome instanceof Outcome.Blocked blocked) {
            return "blocked " + text(PlanText.of(java.util.List.of(blocked.problem())));
        }
        if (outcome instanceof Outcome.Moved moved) {
            return "moved " + text(PlanText.of(java.util.List.of(moved.problem())));
        }
        if (outcome instanceof Outcome.Failed failed) {
            return "failed " + text(PlanText.of(java.util.List.of(failed.problem())));
        }
        if (outcome instanceof Outcome.Vetoed vetoed) {
            return "vetoed " + text(PlanText.of(java.util.List.of(vetoed.problem())));
        }
        throw new IllegalStateException("a new outcome: " + outcome);
    }

    private static String text(String problem) {
        return problem.replaceAll("pid \\d+", "pid N")
                .replaceAll("waited \\d+ ms", "waited N ms")
                .replaceAll("for \\d+ s", "for N s")
                .replace("\n", "\n  ");
    }
}
