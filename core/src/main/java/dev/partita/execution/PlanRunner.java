package dev.partita.execution;

import dev.partita.execution.Outcome.Blocked;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.execution.Outcome.Done;
import dev.partita.execution.Outcome.Failed;
import dev.partita.execution.Outcome.Moved;
import dev.partita.execution.Outcome.Skipped;
import dev.partita.execution.Run.Executed;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs plans: each table's steps in order, each step in a transaction of its own, each table on its own.
 *
 * <p>Before a step changes anything, the table is compared under its lock with the state that the plan expects; if somebody has
 * changed it meanwhile, the rest of that table's steps is left undone. One runner runs one plan at a time; {@link #stop} may be
 * called from any thread.
 */
public final class PlanRunner {

    private static final Logger LOG = LoggerFactory.getLogger(PlanRunner.class);

    private final DataSource dataSource;
    private final Patience patience;
    private final Fence fence;
    private final RunListener listener;
    private final int connections;
    private final InFlight inFlight = new InFlight();

    /**
     * A runner that has not run yet.
     *
     * @param dataSource where connections come from; each goes back as it came
     * @param patience how long to wait for locks
     * @param fence says in each transaction whether we still may write
     * @param listener follows the run
     * @param connections how many tables may get partitions at the same time, each on a connection of its own; 1 is the kind way
     */
    public PlanRunner(DataSource dataSource, Patience patience, Fence fence, RunListener listener, int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("a run needs a connection");
        }
        this.dataSource = dataSource;
        this.patience = patience;
        this.fence = fence;
        this.listener = connections == 1 ? listener : new OneAtATime(listener);
        this.connections = connections;
    }

    /** Asks the run to end: the statement in flight is cancelled and rolled back, no step begins any more. */
    public void stop() {
        inFlight.stop();
    }

    /** Runs a plan. Whatever goes wrong with a table is its outcome; nothing is thrown for it. */
    public Run run(Plan plan) {
        long begin = System.nanoTime();
        try (Connections own = new Connections(dataSource)) {
            Map<TableName, TableRun> runs = new HashMap<>();
            plan.tables().forEach(table -> runs.put(table.name(), new TableRun(plan, table)));
            Lanes lanes = new Lanes(
                    dataSource,
                    connections - 1,
                    own,
                    (table, used) -> run(runs, table).makes(used));
            lanes.run(plan.only((Step step) -> !step.retires()).tables());
            plan.tables().forEach(table -> run(runs, table).retires(own));
            List<Executed> executed = plan.tables().stream()
                    .flatMap(table -> run(runs, table).executed.stream())
                    .toList();
            makeDurable(executed, own);
            return new Run(plan, executed, Duration.ofNanos(System.nanoTime() - begin), inFlight.stopped());
        }
    }

    private static TableRun run(Map<TableName, TableRun> runs, TablePlan table) {
        return Objects.requireNonNull(runs.get(table.name()));
    }

    /** Repeatable steps are committed without waiting for the disk; here it is waited for, once. */
    private static void makeDurable(List<Executed> executed, Connections connections) {
        if (executed.stream()
                .noneMatch(one -> one.step().repeatable() && one.outcome().done())) {
            return;
        }
        try {
            StepTransaction.flush(connections.one());
        } catch (SQLException e) {
            LOG.warn(
                    "what was made may not have reached the disk; what the server loses, the next run makes again: {}",
                    e.getMessage());
            connections.forgetIfBroken();
        }
    }

    /** The steps of one table. */
    private final class TableRun {

        private final Plan plan;
        private final TablePlan table;
        private final List<Executed> executed = new ArrayList<>();
        private @Nullable Connections used;
        private State expected;
        private Optional<String> broken = Optional.empty();
        private final Set<TableName> left = new HashSet<>();
        private boolean changed;

        /** Whether the table was found as planned when the first partition was retired; from then on each step makes sure itself. */
        private boolean seen;

        TableRun(Plan plan, TablePlan table) {
            this.plan = plan;
            this.table = table;
            this.expected = State.planned(table.oid(), table.fingerprint());
        }

        private Connection connection() throws SQLException {
            return Objects.requireNonNull(used).one();
        }

        /** Everything but what retires. */
        List<Executed> makes(Connections connections) {
            run(connections, false);
            return List.copyOf(executed);
        }

        /** What retires: each partition on its own, so that one that stays does not keep its neighbours. */
        void retires(Connections connections) {
            run(connections, true);
        }

        private void run(Connections connections, boolean retiring) {
            used = connections;
            List<Step> steps = table.steps();
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step.retires() == retiring) {
                    Optional<Step> next =
                            i + 1 < steps.size() && !retiring ? Optional.of(steps.get(i + 1)) : Optional.empty();
                    Outcome outcome = !Collections.disjoint(left, step.relations())
                            ? new Skipped("an earlier step of " + step.relation() + " was not done")
                            : outcome(step, next);
                    if (!outcome.done()) {
                        note(step, outcome);
                    }
                    changed |= outcome.done();
                    seen |= retiring && outcome.done();
                    executed.add(new Executed(step, outcome));
                }
            }
        }

        private void note(Step step, Outcome outcome) {
            boolean lost = outcome instanceof Failed failed && failed.problem().code() == ProblemCode.CONNECTION_LOST;
            if (step.retires() && !(outcome instanceof Moved) && !lost) {
                left.addAll(step.relations());
            } else if (broken.isEmpty()) {
                broken = Optional.of("an earlier step of " + table.name() + " was not done");
            }
        }

        private Outcome outcome(Step step, Optional<Step> next) {
            boolean takesBack = step.evenAfterFailure() && changed && broken.isPresent();
            if (inFlight.stopped() && !takesBack) {
                return new Skipped("the run was stopped");
            }
            if (broken.isPresent() && !takesBack) {
                return new Skipped(broken.get());
            }
            listener.started(step);
            Outcome outcome = tries(step, next, takesBack || seen);
            listener.finished(step, outcome);
            return outcome;
        }

        private Outcome tries(Step step, Optional<Step> next, boolean whateverTheState) {
            Duration waited = Duration.ZERO;
            for (int attempt = 1; ; attempt++) {
                long begin = System.nanoTime();
                try {
                    Optional<Outcome> refused = attempt(step, next, whateverTheState);
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                    return new Done(Duration.ofNanos(System.nanoTime() - begin), attempt, waited);
                } catch (PartitaException e) {
                    return new Failed(e.problems().get(0));
                } catch (SQLException e) {
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    if (Failures.canceled(e) && inFlight.stopped()) {
                        return new Skipped("the run was stopped, and this step was rolled back");
                    }
                    if (!Failures.passing(e)) {
                        forgetIfBroken();
                        return new Failed(Failures.problem(e, table, step));
                    }
                    waited = waited.plus(took);
                    if (attempt == patience.attempts() || inFlight.stopped()) {
                        return blocked(step, attempt, waited);
                    }
                    Duration pause =
                            patience.pause(attempt, ThreadLocalRandom.current().nextDouble());
                    listener.waiting(step, attempt, pause, blockers(step));
                    inFlight.pause(pause);
                }
            }
        }

        private void forgetIfBroken() {
            Objects.requireNonNull(used).forgetIfBroken();
        }

        /** One try; empty when it was committed. */
        private Optional<Outcome> attempt(Step step, Optional<Step> next, boolean whateverTheState)
                throws SQLException {
            return step instanceof DetachConcurrently detach
                    ? concurrently(detach, whateverTheState)
                    : inTransaction(step, next, whateverTheState);
        }

        /** The look at the table comes before: a step that makes its own transactions has none to share with it. */
        private Optional<Outcome> concurrently(DetachConcurrently step, boolean whateverTheState) throws SQLException {
            Optional<Outcome> moved = look(step, whateverTheState);
            if (moved.isPresent()) {
                return moved;
            }
            OwnTransactions own = new OwnTransactions(connection(), inFlight);
            try {
                own.run(step);
            } catch (SQLException e) {
                if (Failures.connectionLost(e) || !own.isHalfDone(step)) {
                    throw e;
                }
                Outcome finished = tries(step.remedy(), Optional.empty(), true);
                return finished.done() ? Optional.empty() : Optional.of(finished);
            }
            return Optional.empty();
        }

        private Optional<Outcome> look(DetachConcurrently step, boolean whateverTheState) throws SQLException {
            try (StepTransaction transaction = StepTransaction.begin(
                    connection(), inFlight, Opening.settings(step, patience, plan.server()), fence)) {
                transaction.enter(table, step, plan.server().user());
                Optional<Outcome> moved = whateverTheState ? Optional.empty() : moved(transaction);
                if (moved.isEmpty()) {
                    transaction.makeSure(step.guard());
                }
                return moved;
            }
        }

        private Optional<Outcome> inTransaction(Step step, Optional<Step> next, boolean whateverTheState)
                throws SQLException {
            Connection connection = connection();
            try (StepTransaction transaction = StepTransaction.begin(
                    connection, inFlight, Opening.settings(step, patience, plan.server()), fence)) {
                transaction.enter(table, step, plan.server().user());
                Optional<Outcome> moved = whateverTheState ? Optional.empty() : moved(transaction);
                if (moved.isPresent()) {
                    return moved;
                }
                transaction.change(step);
                State after =
                        transaction.left(table, expected, next.map(following -> State.Look.between(step, following)));
                Optional<Problem> wrong = StepTransaction.wrongTable(step, after);
                if (wrong.isPresent()) {
                    return Optional.of(new Failed(wrong.get()));
                }
                transaction.commit();
                expected = after;
                return Optional.empty();
            }
        }

        /** Empty when the table is as expected. */
        private Optional<Outcome> moved(StepTransaction transaction) throws SQLException {
            State found = transaction.again(table, expected);
            return found.equals(expected)
                    ? Optional.empty()
                    : Optional.of(new Moved(Problem.of(
                            ProblemCode.CATALOG_MOVED,
                            table.name().sql(),
                            found.isAbsent()
                                    ? "does not exist any more"
                                    : "was changed by somebody else after the plan was made",
                            "plan again; the new plan starts from what is there now")));
        }

        private Blocked blocked(Step step, int attempts, Duration waited) {
            List<Blocker> blockers = blockers(step);
            String who = blockers.isEmpty()
                    ? "whoever held it is gone by now"
                    : blockers.stream().map(Blocker::toString).collect(Collectors.joining("; "));
            return new Blocked(
                    Problem.of(
                            ProblemCode.LOCK_NOT_AVAILABLE,
                            table.name().sql(),
                            step.words() + " " + step.relation() + " met a lock in " + attempts
                                    + (attempts == 1 ? " try" : " tries") + " (waited " + waited.toMillis()
                                    + " ms in all): " + who,
                            "run again later: nothing was changed, and what was made before stays",
                            "or end the transaction that holds the lock"),
                    blockers);
        }

        private List<Blocker> blockers(Step step) {
            try {
                return Blockers.of(connection(), step.waitsFor());
            } catch (SQLException e) {
                // Only the name of the blocker is lost; that the step was blocked is told all the same.
                forgetIfBroken();
                return List.of();
            }
        }
    }
}
