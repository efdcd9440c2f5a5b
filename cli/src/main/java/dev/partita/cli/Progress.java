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

    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;
    private final boolean line;
    private final DataSource dataSource;
    private final int steps;
    private int finished;
    private @Nullable BuildWatch watch;

    private Progress(Console console, boolean line, DataSource dataSource, int steps) {
        this.console = console;
        this.line = line;
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
        return common.quiet() ? RunListener.NONE : new Progress(console, console.terminal(), dataSource, (int) steps);
    }

    @Override
    public void started(Step step) {
        if (line) {
            String begin = "[" + (finished + 1) + "/" + steps + "] " + words(step) + " …";
            show(begin);
            if (watch == null && step instanceof CreateIndexConcurrently build) {
                watch = BuildWatch.of(build, dataSource, progress -> show(begin + " " + progress));
            }
        }
    }

    @Override
    public void waiting(Step step, int attempt, Duration pause, List<Blocker> blockers) {
        String who = blockers.isEmpty()
                ? "a lock that is gone by now"
                : blockers.stream().map(Blocker::toString).map(Visible::of).collect(Collectors.joining("; "));
        clear();
        console.err().println(words(step) + " waits: try " + attempt + " met " + who);
        started(step);
    }

    @Override
    public void finished(Step step, Outcome outcome) {
        finished++;
        if (watch != null) {
            watch.close();
            watch = null;
        }
        clear();
    }

    private static String words(Step step) {
        return step.words() + " " + Visible.of(step.relation().sql());
    }

    private synchronized void show(String text) {
        int width = Math.max(1, console.width() - 1);
        String cut = text.length() > width ? text.substring(0, width) : text;
        console.err().print(ERASE_LINE + cut);
        console.err().flush();
    }

    private synchronized void clear() {
        if (line) {
            console.err().print(ERASE_LINE);
            console.err().flush();
        }
    }
}
