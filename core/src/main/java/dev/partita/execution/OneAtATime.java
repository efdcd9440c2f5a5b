package dev.partita.execution;

import dev.partita.execution.Outcome.Blocker;
import dev.partita.step.Step;
import java.time.Duration;
import java.util.List;

/** Lets several threads tell a listener what they do, one after the other. */
final class OneAtATime implements RunListener {

    private final RunListener listener;

    OneAtATime(RunListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void started(Step step) {
        listener.started(step);
    }

    @Override
    public synchronized void waiting(Step step, int attempt, Duration pause, List<Blocker> blockers) {
        listener.waiting(step, attempt, pause, blockers);
    }

    @Override
    public synchronized void finished(Step step, Outcome outcome) {
        listener.finished(step, outcome);
    }
}
