package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.LockSpy;
import dev.partita.test.LongestWait;
import dev.partita.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The application at work, without a stop, while partita is at work beside it. What conflicts with another transaction it does
 * again, as applications do; whatever else goes wrong, such as a deadlock, fails the test.
 */
public final class Application {

    private static final String SERIALIZATION_FAILURE = "40001";

    private final TestDatabase database;
    private final List<Worker> workers = new ArrayList<>();
    private volatile boolean over;

    private Application(TestDatabase database) {
        this.database = database;
    }

    public static Application on(TestDatabase database) {
        return new Application(database);
    }

    /** What a worker does again and again, each time in a transaction. */
    @FunctionalInterface
    public interface Turn {
        void take(Statement statement) throws SQLException;

        /** The transaction is committed. */
        default void committed() {}
    }

    /** One more who works at this isolation level, as fast as possible. */
    public Worker worker(String isolation, Turn turn) {
        return worker(isolation, Duration.ZERO, turn);
    }

    /** One more who works at this isolation level, and thinks for so long after each turn. */
    public Worker worker(String isolation, Duration thinking, Turn turn) {
        Worker worker = new Worker(isolation, thinking, turn);
        workers.add(worker);
        return worker;
    }

    /**
     * Lets all work until this is done, and each for a turn at least.
     *
     * @return the longest time that one of them stood in a queue because of partita
     */
    public LongestWait beside(LockSpy.Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        LongestWait wait;
        try {
            workers.forEach(threads::execute);
            wait = LockSpy.during(database, work);
        } finally {
            over = true;
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
        workers.forEach(Worker::assertWell);
        return wait;
    }

    /** Comes back when each worker has begun and ended a turn meanwhile. */
    public void everybodyTakesATurn() {
        List<Long> before = workers.stream().map(worker -> worker.turns).toList();
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i).awaitTurn(before.get(i) + 2);
        }
    }

    /** One of the application's sessions. */
    public final class Worker implements Runnable {

        private final String isolation;
        private final Duration thinking;
        private final Turn turn;
        private final CompletableFuture<Optional<AssertionError>> end = new CompletableFuture<>();
        private volatile long turns;
        private volatile long commits;

        private Worker(String isolation, Duration thinking, Turn turn) {
            this.isolation = isolation;
            this.thinking = thinking;
            this.turn = turn;
        }

        /** How many of its turns were committed. */
        public long commits() {
            return commits;
        }

        @Override
        public void run() {
            try (Connection connection = database.owner().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET default_transaction_isolation = '" + isolation + "'");
                connection.setAutoCommit(false);
                while (!over || commits == 0) {
                    takeTurn(connection, statement);
                    LockSupport.parkNanos(thinking.toNanos());
                }
                end.complete(Optional.empty());
            } catch (SQLException | RuntimeException | AssertionError e) {
                end.complete(Optional.of(new AssertionError("a worker at " + isolation + ": " + e.getMessage(), e)));
            }
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
        private void takeTurn(Connection connection, Statement statement) throws SQLException {
            try {
                turn.take(statement);
                connection.commit();
                turn.committed();
                commits++;
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(SERIALIZATION_FAILURE);
                connection.rollback();
            }
            turns++;
        }

        private void awaitTurn(long count) {
            while (turns < count && !end.isDone()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            if (end.isDone()) {
                assertWell();
            }
        }

        private void assertWell() {
            end.join().ifPresent(failure -> {
                throw failure;
            });
        }
    }
}
