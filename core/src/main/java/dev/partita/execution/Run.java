package dev.partita.execution;

import dev.partita.plan.Plan;
import dev.partita.problem.Problem;
import dev.partita.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened when a plan was run.
 *
 * @param plan the plan
 * @param steps one entry for each step of the plan, in order
 * @param took the whole run
 * @param stopped whether somebody stopped it
 * @param alarms what stopped nothing and wants a person all the same, such as a journal that could not be written
 */
public record Run(Plan plan, List<Executed> steps, Duration took, boolean stopped, List<Problem> alarms) {

    /**
     * A step and what became of it.
     *
     * @param step the step
     * @param outcome what became of it
     */
    public record Executed(Step step, Outcome outcome) {}

    public Run {
        steps = List.copyOf(steps);
        alarms = List.copyOf(alarms);
    }

    public boolean complete() {
        return steps.stream().allMatch(executed -> executed.outcome().done());
    }

    /** Whether a table was left alone because somebody else had changed it after the plan was made. */
    public boolean moved() {
        return steps.stream().anyMatch(executed -> executed.outcome() instanceof Outcome.Moved);
    }

    /** Steps that were done. */
    public long done() {
        return steps.stream().filter(executed -> executed.outcome().done()).count();
    }

    /** This run as the continuation of an earlier one: what that one did counts as done. */
    public Run after(Run earlier) {
        List<Executed> both = Stream.concat(
                        earlier.steps().stream()
                                .filter(executed -> executed.outcome().done()),
                        steps.stream())
                .toList();
        List<Problem> allAlarms = Stream.concat(earlier.alarms().stream(), alarms.stream())
                .distinct()
                .toList();
        return new Run(plan, both, earlier.took().plus(took), stopped, allAlarms);
    }
}
