package dev.partita.execution;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is done at this moment, so that another thread can stop it. */
public final class InFlight {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<Statement> running = new HashSet<>();

    /** Whether somebody wants it to end. */
    public boolean stopped() {
        return stopped.getCount() == 0;
    }

    /** Stops the statements that run and lets none begin. */
    public void stop() {
        stopped.countDown();
        synchronized (this) {
            running.removeIf(InFlight::isOver);
        }
    }

    /** Cancels; tells whether the statement has ended or its connection broke, so that nothing is left to stop. */
    private static boolean isOver(Statement statement) {
        try {
            statement.cancel();
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    /** Speaks to the server by this statement, which is cancelled when it is to end. */
    public void run(Statement statement, Work work) throws SQLException {
        synchronized (this) {
            running.add(statement);
        }
        try {
            work.run();
        } finally {
            synchronized (this) {
                running.remove(statement);
            }
        }
    }

    /** Stands aside; ends early when stopped. */
    public void pause(Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** Speaks to the server. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }
}
