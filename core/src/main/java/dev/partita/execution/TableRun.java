package dev.partita.execution;

import dev.partita.execution.Outcome.Failed;
import dev.partita.execution.Outcome.Moved;
import dev.partita.execution.Outcome.Skipped;
import dev.partita.execution.Outcome.Vetoed;
import dev.partita.execution.Run.Executed;
import dev.partita.plan.TablePlan;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The steps of one table, in order, and what follows for the rest of them from one that was not done. */
final class TableRun {

    private final Terms terms;
    private final TablePlan table;
    private final List<Executed> executed = new ArrayList<>();
    private final Tries tries;
    private final Consents consents;
    private Optional<String> broken = Optional.empty();
    private final Set<TableName> left = new HashSet<>();
    private boolean changed;

    /** Whether the table was found as planned when the first partition was retired; from then on each step makes sure itself. */
    private boolean seen;

    TableRun(Terms terms, TablePlan table) {
        this.terms = terms;
        this.table = table;
        this.tries = new Tries(terms, table);
        this.consents = new Consents(terms.listeners(), table.steps());
    }

    /** What became of the steps so far. */
    List<Executed> executed() {
        return List.copyOf(executed);
    }

    /**
     * Its steps of a stage. What retires or builds does so for each partition on its own, so that one that stays as it is does not
     * keep its neighbours.
     */
    List<Executed> run(Stage stage, Connections connections) {
        try (Tries each = tries.on(connections)) {
            run(stage, each);
        }
        return executed();
    }

    private void run(Stage stage, Tries each) {
        List<Step> steps = table.steps();
        boolean together = stage == Stage.MAKES;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (Stage.of(step) == stage) {
                Optional<Step> next =
                        i + 1 < steps.size() && together ? Optional.of(steps.get(i + 1)) : Optional.empty();
                Outcome outcome = !Collections.disjoint(left, step.needs())
                        ? new Skipped("an earlier step of " + step.relation() + " was not done")
                        : outcome(each, step, next);
                if (!outcome.done()) {
                    note(step, outcome);
                }
                changed |= outcome.done();
                seen |= !together && outcome.done();
                executed.add(new Executed(step, outcome));
                consents.ended(step, outcome);
            }
        }
    }

    private void note(Step step, Outcome outcome) {
        boolean lost = outcome instanceof Failed failed && failed.problem().code() == ProblemCode.CONNECTION_LOST;
        boolean ofItsOwn = outcome instanceof Vetoed
                ? !step.relation().equals(table.name())
                : Stage.of(step) != Stage.MAKES || step.standsAlone();
        if (ofItsOwn && !(outcome instanceof Moved) && !lost) {
            left.addAll(step.relations());
        } else if (broken.isEmpty()) {
            broken = Optional.of("an earlier step of " + table.name() + " was not done");
        }
    }

    private Outcome outcome(Tries each, Step step, Optional<Step> next) {
        boolean takesBack = step.evenAfterFailure() && changed && broken.isPresent();
        if (terms.inFlight().stopped() && !takesBack) {
            return new Skipped("the run was stopped");
        }
        if (broken.isPresent() && !takesBack) {
            return new Skipped(broken.get());
        }
        List<Problem> vetoes = consents.vetoes(step);
        Optional<Step> agreed = vetoes.isEmpty() ? Optional.of(step) : consents.agreed(step);
        if (agreed.isEmpty()) {
            return each.vetoed(step, vetoes.get(0));
        }
        terms.listener().started(step);
        Outcome outcome = each.of(agreed.get(), next, takesBack || seen);
        terms.listener().finished(step, outcome);
        return outcome;
    }
}
