package dev.partita.execution;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks and tells all listeners of a run, each call on a thread of its own and for a bounded time. Who has once not answered in time
 * is not asked again in this run, so that the run is held up once. Thread-safe.
 */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<PartitionListener> listeners;
    private final Duration limit;
    private final Set<PartitionListener> silent = ConcurrentHashMap.newKeySet();
    private final List<Problem> alarms = new ArrayList<>();

    /**
     * For one run.
     *
     * @param limit for each call
     */
    Listeners(List<PartitionListener> listeners, Duration limit) {
        this.listeners = List.copyOf(listeners);
        this.limit = limit;
    }

    /** The first veto, if there is one. */
    Optional<Problem> before(Change change) {
        for (PartitionListener listener : listeners) {
            Optional<Problem> veto = before(listener, change);
            if (veto.isPresent()) {
                return veto;
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> before(PartitionListener listener, Change change) {
        try {
            return silent.contains(listener)
                    ? withoutAnswer(change, "did not answer in time before, so it is not asked again in this run")
                    : called(listener, () -> listener.before(change)).map(why -> veto(change, "vetoed: " + why));
        } catch (ExecutionException e) {
            LOG.warn("a listener failed before {} of {}", change.kind(), change.partition(), e.getCause());
            return withoutAnswer(change, "failed: " + e.getCause());
        } catch (TimeoutException e) {
            return withoutAnswer(change, "did not answer within " + limit.toMillis() + " ms");
        }
    }

    private Optional<Problem> withoutAnswer(Change change, String what) {
        if (change.kind().needsConsent()) {
            return Optional.of(veto(change, "not agreed to: a listener " + what));
        }
        alarm(Problem.of(
                ProblemCode.LISTENER_FAILED,
                change.table().sql(),
                "a listener " + what + "; partitions are made all the same",
                "mend the listener; its log may say more"));
        return Optional.empty();
    }

    private static Problem veto(Change change, String why) {
        return Problem.of(
                ProblemCode.STEP_VETOED,
                change.table().sql(),
                change.partition() + " was left as it is, because it was " + why,
                "ask who maintains the listener of this application",
                "run again once it agrees");
    }

    private synchronized void alarm(Problem alarm) {
        if (!alarms.contains(alarm)) {
            alarms.add(alarm);
        }
    }

    /** What kept listeners from being heard. */
    synchronized List<Problem> alarms() {
        return List.copyOf(alarms);
    }

    /** Whatever goes wrong is logged. */
    void after(Change change, Outcome outcome) {
        for (PartitionListener listener : listeners) {
            try {
                if (!silent.contains(listener)) {
                    called(listener, () -> {
                        listener.after(change, outcome);
                        return Optional.empty();
                    });
                }
            } catch (ExecutionException e) {
                LOG.warn("a listener failed after {} of {}", change.kind(), change.partition(), e.getCause());
            } catch (TimeoutException e) {
                LOG.warn("a listener took too long after {} of {}", change.kind(), change.partition());
            }
        }
    }

    private Optional<String> called(PartitionListener listener, Callable<Optional<String>> call)
            throws ExecutionException, TimeoutException {
        FutureTask<Optional<String>> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "partita listener");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            silent.add(listener);
            task.cancel(true);
            throw e;
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new ExecutionException("interrupted while it was asked", e);
        }
    }
}
