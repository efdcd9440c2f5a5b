package dev.partita.execution;

import dev.partita.execution.Outcome.Blocker;
import dev.partita.step.Step;
import java.time.Duration;
import java.util.List;

/** Follows a run, for progress. Called on the runner's thread; must be quick and must not throw. */
public interface RunListener {

    /** Nobody listens. */
    RunListener NONE = new RunListener() {};

    default void started(Step step) {}

    /**
     * A try met a lock; the runner stands aside.
     *
     * @param attempt which try it was, from 1
     * @param pause until the next one
     * @param blockers who holds what the step needs; empty when they are gone by now
     */
    default void waiting(Step step, int attempt, Duration pause, List<Blocker> blockers) {}

    default void finished(Step step, Outcome outcome) {}
}
