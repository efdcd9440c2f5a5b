package dev.partita.cli;

import dev.partita.execution.Outcome.Blocker;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.Migrations;
import dev.partita.migration.Phase;
import dev.partita.problem.PartitaException;
import dev.partita.report.Look;
import dev.partita.report.MigrationText;
import dev.partita.report.Visible;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error how far a migration is: each phase that is over and each lock in the way in a line of its own, and on a
 * terminal the present in one that is overwritten, for which it asks the state schema every second, until it is closed.
 */
final class MigrationProgress implements MigrationListener, AutoCloseable {

    private final Session session;
    private final TableName table;
    private final boolean quiet;
    private final Look look;
    private final LiveLine line;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Phase phase;
    private long phaseBegan;
    private boolean waits;

    private MigrationProgress(Console console, Common common, Session session, TableName table) {
        this.session = session;
        this.table = table;
        this.quiet = common.quiet();
        this.look = common.look(console);
        this.line = new LiveLine(console);
    }

    /** Begins to follow the migration of a table. */
    static MigrationProgress of(Console console, Common common, Session session, TableName table) {
        MigrationProgress progress = new MigrationProgress(console, common, session, table);
        if (console.terminal() && !common.quiet()) {
            Thread thread = new Thread(progress::watch, "partita migration watch");
            thread.setDaemon(true);
            thread.start();
        }
        return progress;
    }

    private void watch() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                show();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        try (Connection connection = session.dataSource().getConnection()) {
            Migrations.open(connection, session.now()).stream()
                    .filter(standing -> standing.migration().table().equals(table))
                    .findFirst()
                    .ifPresent(standing -> tell(MigrationText.brief(standing)
                            + standing.waits().map(why -> ", waits " + why).orElse("") + " …"));
        } catch (SQLException | PartitaException e) {
            // Only the progress is lost; the next second may be better.
            return;
        }
    }

    private synchronized void tell(String brief) {
        if (closed.getCount() > 0) {
            line.show(Visible.of(brief));
        }
    }

    @Override
    public synchronized void seen(dev.partita.migration.Progress progress) {
        if (progress.phase() == phase) {
            return;
        }
        if (phase != null) {
            print(MigrationText.done(phase, Duration.ofNanos(System.nanoTime() - phaseBegan), look));
        }
        phase = progress.phase();
        phaseBegan = System.nanoTime();
        waits = false;
    }

    /** Once for each time that it has to wait; the rest shows in the line that is overwritten. */
    @Override
    public synchronized void waiting(String why) {
        if (!waits) {
            waits = true;
            print("waits " + Visible.of(why));
        }
    }

    @Override
    public synchronized void waiting(Step step, int attempt, Duration pause, List<Blocker> blockers) {
        print(Progress.waits(step, attempt, blockers));
    }

    @Override
    public synchronized void started(Step step) {
        waits = false;
    }

    private void print(String text) {
        if (!quiet) {
            line.print(text);
        }
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        if (!quiet) {
            line.clear();
        }
    }
}
