package dev.partita.execution;

import dev.partita.execution.Run.Executed;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
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
    private final List<PartitionListener> asked;
    private final Duration answerWithin;
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
        this(dataSource, patience, fence, listener, connections, List.of(), Duration.ZERO);
    }

    /**
     * A runner that asks before it changes something.
     *
     * @param asked are asked before each change, in this order, and told afterwards
     * @param answerWithin how long each may take
     */
    public PlanRunner(
            DataSource dataSource,
            Patience patience,
            Fence fence,
            RunListener listener,
            int connections,
            List<PartitionListener> asked,
            Duration answerWithin) {
        if (connections < 1) {
            throw new IllegalArgumentException("a run needs a connection");
        }
        this.dataSource = dataSource;
        this.patience = patience;
        this.fence = fence;
        this.listener = connections == 1 ? listener : new OneAtATime(listener);
        this.connections = connections;
        this.asked = List.copyOf(asked);
        this.answerWithin = answerWithin;
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
            Scribe scribe = new Scribe(plan);
            Listeners listeners = new Listeners(asked, answerWithin);
            scribe.open(own);
            Terms terms = new Terms(plan, patience, fence, listener, scribe, listeners, inFlight);
            plan.tables().forEach(table -> runs.put(table.name(), new TableRun(terms, table)));
            Lanes lanes = new Lanes(
                    dataSource,
                    connections - 1,
                    own,
                    (table, used) -> run(runs, table).run(Stage.MAKES, used));
            lanes.run(plan.only((Step step) -> Stage.of(step) == Stage.MAKES).tables());
            plan.tables().forEach(table -> run(runs, table).run(Stage.MENDS, own));
            plan.tables().forEach(table -> run(runs, table).run(Stage.RETIRES, own));
            plan.tables().forEach(table -> run(runs, table).run(Stage.BUILDS, own));
            plan.tables().forEach(table -> run(runs, table).run(Stage.TAKES_LONG, own));
            List<Executed> executed = plan.tables().stream()
                    .flatMap(table -> run(runs, table).executed().stream())
                    .toList();
            makeDurable(executed, own);
            scribe.remember(own);
            return new Run(
                    plan,
                    executed,
                    Duration.ofNanos(System.nanoTime() - begin),
                    inFlight.stopped(),
                    Stream.concat(scribe.alarm().stream(), listeners.alarms().stream())
                            .toList());
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
}
