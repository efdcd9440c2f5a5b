package dev.partita.migration;

import dev.partita.execution.Run;
import dev.partita.step.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs steps that have nothing to do with each other, several at a time; the first that is not done keeps others from beginning. */
final class Workers {

    /** Runs a step; answers it with what became of it unless it was done. */
    @FunctionalInterface
    interface Work {
        Optional<Run.Executed> run(Step step);
    }

    private final int count;
    private final Work work;
    private final BooleanSupplier mayBegin;
    private final Queue<Step> waiting = new ArrayDeque<>();
    private Optional<Run.Executed> notDone = Optional.empty();
    private @Nullable Throwable breakdown;

    /**
     * So many of them.
     *
     * @param mayBegin asked by each before each step, perhaps for long; false when no step is to begin any more
     */
    Workers(int count, Work work, BooleanSupplier mayBegin) {
        this.count = count;
        this.work = work;
        this.mayBegin = mayBegin;
    }

    /** Waits until all that have begun have ended. */
    Optional<Run.Executed> run(List<Step> steps) {
        waiting.addAll(steps);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < Math.min(count, steps.size()); i++) {
            Thread thread = new Thread(this::drain, "partita worker " + (i + 1));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        drain();
        threads.forEach(Workers::join);
        if (breakdown instanceof RuntimeException exception) {
            throw exception;
        }
        if (breakdown instanceof Error error) {
            throw error;
        }
        return notDone;
    }

    private void drain() {
        try {
            while (isLeft() && mayBegin.getAsBoolean()) {
                Optional<Step> next = take();
                if (next.isPresent()) {
                    ended(work.run(next.get()), null);
                }
            }
        } catch (RuntimeException | Error e) {
            ended(Optional.empty(), e);
        }
    }

    private synchronized boolean isLeft() {
        return notDone.isEmpty() && breakdown == null && !waiting.isEmpty();
    }

    private synchronized Optional<Step> take() {
        return notDone.isPresent() || breakdown != null ? Optional.empty() : Optional.ofNullable(waiting.poll());
    }

    private synchronized void ended(Optional<Run.Executed> executed, @Nullable Throwable thrown) {
        notDone = notDone.isPresent() ? notDone : executed;
        breakdown = breakdown != null ? breakdown : thrown;
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
