package dev.partita.execution;

import dev.partita.step.Step;
import java.time.Duration;

/** Follows a run, for progress. Called on the runner's thread; must be quick and must not throw. */
public interface RunListener {

    /** Nobody listens. */
    RunListener NONE = new RunListener() {};

    default void started(Step step) {}

    /** A try met a lock; the runner stands aside. */
    default void waiting(Step step, int attempt, Duration pause) {}

    default void finished(Step step, Outcome outcome) {}
}
