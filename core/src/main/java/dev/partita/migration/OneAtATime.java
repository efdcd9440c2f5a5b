package dev.partita.migration;

import dev.partita.execution.Outcome;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.step.Step;
import java.time.Duration;
import java.util.List;

/** Lets several threads tell a listener what they do, one after the other. */
final class OneAtATime implements MigrationListener {

    private final MigrationListener listener;

    OneAtATime(MigrationListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void seen(Progress progress) {
        listener.seen(progress);
    }

    @Override
    public synchronized void waiting(String why) {
        listener.waiting(why);
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
