package dev.partita.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An application that reads all partitions of one table after the other, every few milliseconds, and a second connection that
 * looks as often who makes it wait for a lock.
 */
final class Reader implements AutoCloseable {

    private static final String APPLICATION = "shop";
    private static final long PAUSE_MILLISECONDS = 2;

    /** How long the reader has been waiting for one of those who are measured. */
    private static final String BLOCKED = """
            SELECT extract(epoch FROM clock_timestamp() - min(l.waitstart)) * 1000
              FROM pg_locks l
              JOIN pg_stat_activity reader ON reader.pid = l.pid AND reader.application_name = '%s'
             WHERE NOT l.granted
               AND EXISTS (SELECT
                             FROM unnest(pg_blocking_pids(l.pid)) AS blocker (pid)
                             JOIN pg_stat_activity a ON a.pid = blocker.pid
                            WHERE a.application_name = ANY (ARRAY['partita', 'pg_partman']))""".formatted(APPLICATION);

    private final Connection reading;
    private final Connection looking;
    private final List<String> tables;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread reader = new Thread(() -> guarded(this::read), "reader");
    private final Thread looker = new Thread(() -> guarded(this::look), "looker");
    private volatile double worst;
    private volatile double blocked;
    private volatile @Nullable SQLException failure;

    Reader(Database database, List<String> tables) throws SQLException {
        reading = database.connect(APPLICATION);
        looking = database.connect("benchmarks");
        this.tables = tables;
        reader.start();
        looker.start();
    }

    /**
     * The worst of a time.
     *
     * @param latency the slowest answer, whyever
     * @param blocked the longest seen wait for a lock of those who are measured
     */
    record Worst(double latency, double blocked) {}

    /** What was worst until now. */
    Worst end() throws SQLException, InterruptedException {
        end.countDown();
        reader.join();
        looker.join();
        SQLException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return new Worst(worst, blocked);
    }

    private void read() throws SQLException, InterruptedException {
        try (Statement statement = reading.createStatement()) {
            for (int i = 0; !end.await(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS); i++) {
                String table = tables.get(i % tables.size());
                long begin = System.nanoTime();
                statement.executeQuery("SELECT count(*) FROM " + table).close();
                // The first look at each table fills the session's caches, whoever else is there.
                if (i >= tables.size()) {
                    worst = Math.max(worst, (System.nanoTime() - begin) / 1e6);
                }
            }
        }
    }

    private void look() throws SQLException, InterruptedException {
        try (PreparedStatement statement = looking.prepareStatement(BLOCKED)) {
            while (!end.await(PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    blocked = Math.max(blocked, result.getDouble(1));
                }
            }
        }
    }

    private interface Task {
        void run() throws SQLException, InterruptedException;
    }

    private void guarded(Task task) {
        try {
            task.run();
        } catch (SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws SQLException {
        end.countDown();
        reading.close();
        looking.close();
    }
}
