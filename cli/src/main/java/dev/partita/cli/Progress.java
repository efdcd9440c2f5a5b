package dev.partita.cli;

import dev.partita.execution.Outcome;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.execution.RunListener;
import dev.partita.report.Visible;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error what a run is doing: on a terminal in one line that is overwritten, and in a line of its own each
 * time somebody's lock is in the way.
 */
final class Progress implements RunListener {

    private final LiveLine line;
    private final boolean terminal;
    private final DataSource dataSource;
    private final int steps;
    private int finished;
    private @Nullable BuildWatch watch;

    private Progress(Console console, DataSource dataSource, int steps) {
        this.line = new LiveLine(console);
        this.terminal = console.terminal();
        this.dataSource = dataSource;
        this.steps = steps;
    }

    /**
     * For a run.
     *
     * @param dataSource where to ask how far a long step is
     * @param steps how many it has
     */
    static RunListener of(Console console, Common common, DataSource dataSource, long steps) {
        return common.quiet() ? RunListener.NONE : new Progress(console, dataSource, (int) steps);
    }

    @Override
    public void started(Step step) {
        if (terminal) {
            String begin = "[" + (finished + 1) + "/" + steps + "] " + words(step) + " …";
            line.show(begin);
            if (watch == null && step instanceof CreateIndexConcurrently build) {
                watch = BuildWatch.of(build, dataSource, progress -> line.show(begin + " " + progress));
            }
        }
    }

    @Override
    public void waiting(Step step, int attempt, Duration pause, List<Blocker> blockers) {
        line.print(waits(step, attempt, blockers));
        started(step);
    }

    @Override
    public void finished(Step step, Outcome outcome) {
        finished++;
        if (watch != null) {
            watch.close();
            watch = null;
        }
        line.clear();
    }

    /** Whose lock is in the way. */
    static String waits(Step step, int attempt, List<Blocker> blockers) {
        String who = blockers.isEmpty()
                ? "a lock that is gone by now"
                : blockers.stream().map(Blocker::toString).map(Visible::of).collect(Collectors.joining("; "));
        return words(step) + " waits: try " + attempt + " met " + who;
    }

    private static String words(Step step) {
        return step.words() + " " + Visible.of(step.relation().sql());
    }
}
