package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryPostgres
class LockSpyTest {

    /** How long it took from the begin of the transaction, before the lock, to the first row. */
    private static final String MICROSECONDS_UNTIL_READ =
            "SELECT (pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) pg_catalog.now())"
                    + " OPERATOR(pg_catalog.*) 1000000)::bigint FROM public.orders";

    @BeforeEach
    void createOrders(TestDatabase database) {
        database.execute("CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)");
    }

    @Test
    void reportsAPlantedWaitOf200Milliseconds(TestDatabase database) throws Exception {
        Duration[] planted = new Duration[1];
        LongestWait wait = LockSpy.during(database, () -> planted[0] = readerHeldUpBy(database.partita(), database));

        // The reader's own measure has the work before and after the wait in it; the wait lasted through all of the 200
        // ms.
        assertThat(wait.duration()).isLessThanOrEqualTo(planted[0]);
        assertThat(wait.duration().plus(wait.uncertainty())).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(wait.statement()).isEqualTo(MICROSECONDS_UNTIL_READ);
        assertThat(wait.behind()).containsAnyOf("pg_sleep", "COMMIT");
    }

    @Test
    void seesNothingWhereTheApplicationWaitsForItself(TestDatabase database) throws Exception {
        LongestWait wait = LockSpy.during(database, () -> readerHeldUpBy(database.owner(), database));

        assertThat(wait).isEqualTo(LongestWait.NONE).hasToString("nobody waited");
    }

    @Test
    void seesAReaderHeldUpByPartitasOwnWaitForAnotherReader(TestDatabase database) throws Exception {
        try (LockSpy spy = LockSpy.on(database);
                Connection first = database.owner().getConnection()) {
            first.setAutoCommit(false);
            microseconds(first);
            CompletableFuture<Void> partita =
                    inBackground(database.partita(), "ALTER TABLE public.orders ADD COLUMN note text");
            awaitWaiting(database, 1);
            CompletableFuture<Void> second = inBackground(database.owner(), MICROSECONDS_UNTIL_READ);
            while (spy.longestWait().equals(LongestWait.NONE)) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            first.commit();
            partita.join();
            second.join();

            assertThat(spy.longestWait().statement()).isEqualTo(MICROSECONDS_UNTIL_READ);
            assertThat(spy.longestWait().behind()).startsWith("ALTER TABLE");
        }
    }

    @Test
    void letsTheFailureOfTheWorkThrough(TestDatabase database) {
        assertThat(catchException(() -> LockSpy.during(database, () -> {
                    throw new IOException("the work's own");
                })))
                .hasMessage("the work's own");
    }

    private static Duration readerHeldUpBy(DataSource culprit, TestDatabase database) throws SQLException {
        try (Connection blocker = culprit.getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE public.orders IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Duration> reader = CompletableFuture.supplyAsync(() -> {
                try (Connection connection = database.owner().getConnection()) {
                    return microseconds(connection);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            awaitWaiting(database, 1);
            statement.execute("SELECT pg_catalog.pg_sleep(0.2)");
            blocker.commit();
            return reader.join();
        }
    }

    private static Duration microseconds(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(MICROSECONDS_UNTIL_READ)) {
            row.next();
            return Duration.of(row.getLong(1), ChronoUnit.MICROS);
        }
    }

    private static CompletableFuture<Void> inBackground(DataSource source, String sql) {
        return CompletableFuture.runAsync(() -> {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static void awaitWaiting(TestDatabase database, int sessions) {
        String waiting = "SELECT count(*) FROM pg_stat_activity"
                + " WHERE wait_event_type = 'Lock' AND datname = current_database()";
        while (Integer.parseInt(database.value(waiting)) < sessions) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
