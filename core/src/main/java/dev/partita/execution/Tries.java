package dev.partita.execution;

import dev.partita.catalog.Server;
import dev.partita.execution.Outcome.Blocked;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.execution.Outcome.Done;
import dev.partita.execution.Outcome.Failed;
import dev.partita.execution.Outcome.Moved;
import dev.partita.execution.Outcome.Skipped;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Sql;
import dev.partita.step.Concurrent;
import dev.partita.step.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tries at each step of one table, and the state in which they leave it. */
final class Tries implements AutoCloseable {

    private final Terms terms;
    private final TablePlan table;
    private @Nullable Connections used;
    private final OwnTransactions own;
    private State expected;

    /** The journal's line that was written before what is under way. */
    private Optional<String> begun = Optional.empty();

    Tries(Terms terms, TablePlan table) {
        this.terms = terms;
        this.table = table;
        this.own = new OwnTransactions(terms.inFlight());
        this.expected = State.planned(table.oid(), table.fingerprint());
    }

    /** The next tries are made there, until this is closed. */
    Tries on(Connections connections) {
        used = connections;
        return this;
    }

    /** The connection is as it was before. */
    @Override
    public void close() {
        own.close();
    }

    private Connection connection() throws SQLException {
        return Objects.requireNonNull(used).one();
    }

    private Server server() {
        return terms.plan().server();
    }

    /**
     * Tries until it is done, or cannot be.
     *
     * @param next the step that comes after it, if somebody will ask in which state this one leaves the table
     * @param whateverTheState whether it is done even if the table is no longer as planned
     */
    Outcome of(Step step, Optional<Step> next, boolean whateverTheState) {
        Optional<String> outer = begun;
        begun = Optional.empty();
        try {
            return tries(step, next, whateverTheState);
        } finally {
            begun = outer;
        }
    }

    /** It is not tried, and that is written down. */
    Outcome vetoed(Step step, Problem why) {
        return noted(step, Try.FIRST, new Outcome.Vetoed(why));
    }

    private Outcome tries(Step step, Optional<Step> next, boolean whateverTheState) {
        Try now = Try.FIRST;
        while (true) {
            long begin = System.nanoTime();
            try {
                Optional<Outcome> refused = attempt(step, next, whateverTheState, now);
                now = now.ended(begin);
                return noted(step, now, refused.orElse(new Done(now.took(), now.attempt(), now.waited())));
            } catch (PartitaException e) {
                return noted(step, now.ended(begin), new Failed(e.problems().get(0)));
            } catch (SQLException e) {
                now = now.ended(begin);
                if (Failures.canceled(e) && terms.inFlight().stopped()) {
                    return new Skipped(
                            step instanceof Concurrent
                                    ? "the run was stopped; what this step has left undone the next run clears up"
                                    : "the run was stopped, and this step was rolled back");
                }
                if (journalWasInTheWay(e, step, now)) {
                    continue;
                }
                if (!Failures.passing(e)) {
                    forgetIfBroken();
                    return noted(step, now, new Failed(Failures.problem(e, table, step)));
                }
                now = now.met();
                if (now.attempt() == terms.patience().attempts()
                        || terms.inFlight().stopped()) {
                    return noted(step, now, blocked(step, now.attempt(), now.waited(), e));
                }
                Duration pause = terms.patience()
                        .pause(now.attempt(), ThreadLocalRandom.current().nextDouble());
                terms.listener().waiting(step, now.attempt(), pause, blockers(step));
                terms.inFlight().pause(pause);
                now = now.next();
            }
        }
    }

    /** What was done in a transaction has its line in it already. */
    private Outcome noted(Step step, Try tried, Outcome outcome) {
        if (!(outcome instanceof Done && step.transactional())) {
            terms.scribe().after(Objects.requireNonNull(used), table, step, tried, outcome, begun);
        }
        return outcome;
    }

    private boolean journalWasInTheWay(SQLException e, Step step, Try tried) {
        try {
            return !Failures.connectionLost(e) && terms.scribe().wasInTheWay(connection(), table, step, tried);
        } catch (SQLException noConnection) {
            return false;
        }
    }

    private void forgetIfBroken() {
        Objects.requireNonNull(used).forgetIfBroken();
    }

    /** One try; empty when it was committed. */
    private Optional<Outcome> attempt(Step step, Optional<Step> next, boolean whateverTheState, Try now)
            throws SQLException {
        return step instanceof Concurrent concurrent
                ? concurrently(concurrent, whateverTheState, now)
                : inTransaction(step, next, whateverTheState, now);
    }

    /** What has to be looked at in a transaction comes before: a step that makes its own has none to share with it. */
    private Optional<Outcome> concurrently(Concurrent step, boolean whateverTheState, Try now) throws SQLException {
        if (!whateverTheState || terms.fence() != Fence.NONE || terms.scribe().writes()) {
            Optional<Outcome> moved = look(step, whateverTheState, now);
            if (moved.isPresent()) {
                return moved;
            }
        }
        try {
            own.run(step, connection());
        } catch (SQLException e) {
            Optional<Concurrent.Remedy> remedy = step.remedy();
            if (remedy.isEmpty() || Failures.connectionLost(e) || !OwnTransactions.needs(remedy.get(), connection())) {
                throw e;
            }
            return remedied(remedy.get(), e);
        }
        return Optional.empty();
    }

    /** What only takes back is not waited for when somebody wants the run to end; the next run does it. */
    private Optional<Outcome> remedied(Concurrent.Remedy remedy, SQLException why) throws SQLException {
        if (remedy.finishes()) {
            Outcome finished = of(remedy.step(), Optional.empty(), true);
            return finished.done() ? Optional.empty() : Optional.of(finished);
        }
        if (!terms.inFlight().stopped()) {
            of(remedy.step(), Optional.empty(), true);
        }
        throw why;
    }

    /** Says in the same transaction what is about to be begun. */
    private Optional<Outcome> look(Concurrent step, boolean whateverTheState, Try now) throws SQLException {
        try (StepTransaction transaction = begin(step)) {
            transaction.enter(table, step, server().user());
            Optional<Outcome> moved = whateverTheState ? Optional.empty() : moved(transaction);
            if (moved.isEmpty() && begun.isEmpty() && terms.scribe().writes()) {
                transaction.note(List.of(terms.scribe().begun(table, step, now)), table, server().user());
                begun = transaction.answer();
                transaction.commit();
            }
            return moved;
        }
    }

    private StepTransaction begin(Step step) throws SQLException {
        return StepTransaction.begin(
                connection(),
                terms.inFlight(),
                step.isolation(),
                Opening.settings(step, terms.patience(), server()),
                terms.fence());
    }

    private Optional<Outcome> inTransaction(Step step, Optional<Step> next, boolean whateverTheState, Try now)
            throws SQLException {
        try (StepTransaction transaction = begin(step)) {
            transaction.enter(table, step, server().user());
            Optional<Outcome> moved = whateverTheState ? Optional.empty() : moved(transaction);
            if (moved.isPresent()) {
                return moved;
            }
            transaction.change(step);
            List<Sql> notes = new ArrayList<>(step.notes());
            if (terms.scribe().writes()) {
                notes.add(terms.scribe().done(table, step, now));
            }
            transaction.note(notes, table, server().user());
            State after = transaction.left(table, expected, next.map(following -> State.Look.between(step, following)));
            Optional<Problem> wrong = StepTransaction.wrongTable(step, after);
            if (wrong.isPresent()) {
                return Optional.of(new Failed(wrong.get()));
            }
            transaction.commit(step);
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

    private Blocked blocked(Step step, int attempts, Duration waited, SQLException last) {
        List<Blocker> blockers = blockers(step);
        if (Failures.olderTransaction(last)) {
            return new Blocked(Failures.problem(last, table, step), blockers);
        }
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
