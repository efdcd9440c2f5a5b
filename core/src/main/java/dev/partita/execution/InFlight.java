package dev.partita.execution;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a run does at this moment, so that another thread can stop it. */
final class InFlight {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Statement current;

    boolean stopped() {
        return stopped.getCount() == 0;
    }

    /** Stops the statement that runs and lets none begin. */
    void stop() {
        stopped.countDown();
        synchronized (this) {
            if (current != null) {
                try {
                    current.cancel();
                } catch (SQLException e) {
                    // The statement has ended or its connection broke; either way nothing is left to stop.
                    current = null;
                }
            }
        }
    }

    void run(Statement statement, Work work) throws SQLException {
        synchronized (this) {
            current = statement;
        }
        try {
            work.run();
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    /** Stands aside; ends early when stopped. */
    void pause(Duration pause) {
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
    interface Work {
        void run() throws SQLException;
    }
}
