package dev.partita.execution;

import dev.partita.execution.Run.Executed;
import dev.partita.plan.TablePlan;
import dev.partita.step.RelationLock;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tables one after the other, or those that have nothing to do with each other beside each other.
 *
 * <p>Beside others runs a table that only gets partitions and locks nothing that another table of the plan locks too. Everything
 * else keeps its place in the order, on the caller's thread. A lane whose connection does not come, as from a small pool, is not
 * waited for: the caller's own lane does its work.
 */
final class Lanes {

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    /** What is done for a table; what goes wrong is part of the result, and what is thrown ends the run. */
    @FunctionalInterface
    interface Work {
        List<Executed> run(TablePlan table, Connections connections);
    }

    private final DataSource dataSource;
    private final int more;
    private final Connections own;
    private final Work work;
    private final Map<TableName, List<Executed>> done = new HashMap<>();
    private final Queue<TablePlan> waiting = new ArrayDeque<>();
    private int busy;
    private @Nullable Throwable breakdown;

    /**
     * Opens nothing yet.
     *
     * @param more how many lanes there are beside the caller's
     * @param own the caller's connection
     */
    Lanes(DataSource dataSource, int more, Connections own, Work work) {
        this.dataSource = dataSource;
        this.more = more;
        this.own = own;
        this.work = work;
    }

    /** Does the work for each table; the result is in the order of the tables. */
    List<Executed> run(List<TablePlan> tables) {
        Set<TableName> shared = more == 0 ? Set.of() : shared(tables);
        for (TablePlan table : tables) {
            if (more > 0 && standsAlone(table, shared)) {
                waiting.add(table);
            } else {
                besideEachOther();
                done.put(table.name(), work.run(table, own));
            }
        }
        besideEachOther();
        return tables.stream()
                .flatMap(table -> done.getOrDefault(table.name(), List.of()).stream())
                .toList();
    }

    /** Every lane takes the next table until none is left. */
    private void besideEachOther() {
        int others = waiting.isEmpty() || !connected() ? 0 : Math.min(more, waiting.size() - 1);
        for (int lane = 0; lane < others; lane++) {
            Thread thread = new Thread(this::lane, "partita lane " + (lane + 2));
            thread.setDaemon(true);
            thread.start();
        }
        drain(own);
        awaitOthers();
        if (breakdown instanceof RuntimeException exception) {
            throw exception;
        }
        if (breakdown instanceof Error error) {
            throw error;
        }
    }

    /** The caller's own connection comes first: a pool may have only one. */
    private boolean connected() {
        try {
            own.one();
            return true;
        } catch (SQLException e) {
            // The first step will meet the same, and tell it.
            LOG.debug("no connection", e);
            return false;
        }
    }

    private void lane() {
        try (Connections connections = new Connections(dataSource)) {
            connections.one();
            drain(connections);
        } catch (SQLException e) {
            LOG.debug("one connection less than asked for", e);
        }
    }

    private void drain(Connections connections) {
        for (Optional<TablePlan> next = take(); next.isPresent(); next = take()) {
            TablePlan table = next.get();
            try {
                List<Executed> result = work.run(table, connections);
                finished(() -> done.put(table.name(), result));
            } catch (RuntimeException | Error e) {
                finished(() -> breakdown = e);
            }
        }
    }

    /** None when a lane has broken down, as a single one would have ended there. */
    private synchronized Optional<TablePlan> take() {
        Optional<TablePlan> next = breakdown == null ? Optional.ofNullable(waiting.poll()) : Optional.empty();
        if (next.isPresent()) {
            busy++;
        }
        return next;
    }

    private synchronized void finished(Runnable note) {
        note.run();
        busy--;
        notifyAll();
    }

    /** Waits to the end whatever happens: to end a run early is what stopping it is for. */
    private synchronized void awaitOthers() {
        boolean interrupted = false;
        while (busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean standsAlone(TablePlan table, Set<TableName> shared) {
        return table.steps().stream().allMatch(Step::repeatable)
                && locked(table).stream().noneMatch(shared::contains);
    }

    /** What more than one table's steps lock, such as a table that two of them refer to. */
    private static Set<TableName> shared(List<TablePlan> tables) {
        Map<TableName, Integer> times = new HashMap<>();
        tables.forEach(table -> locked(table).forEach(relation -> times.merge(relation, 1, Integer::sum)));
        times.values().removeIf(count -> count == 1);
        return times.keySet();
    }

    private static Set<TableName> locked(TablePlan table) {
        Set<TableName> locked = new HashSet<>(Set.of(table.name()));
        table.steps()
                .forEach(step ->
                        step.locks().stream().map(RelationLock::relation).forEach(locked::add));
        return locked;
    }
}
