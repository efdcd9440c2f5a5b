package dev.partita.test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few milliseconds, from a connection of its own, who waits for whom in a database.
 *
 * <pre>{@code
 * LongestWait wait = LockSpy.during(database, () -> runner.run(plan));
 * assertThat(wait.duration()).isLessThan(Duration.ofMillis(350));
 * }</pre>
 *
 * <p>A backend is partita's if its application name starts with {@code partita}, and the application's otherwise. A wait that
 * begins and ends between two looks, some 3 ms apart on an idle machine, goes unseen.
 */
public final class LockSpy implements AutoCloseable {

    /** Work that may fail in any way. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private static final Duration PAUSE = Duration.ofMillis(2);

    /**
     * The server's time, in one row without a pid if nobody waits, else with each backend of the application that waits at this
     * moment, directly or behind others, for one of partita.
     */
    private static final String WAITING = """
            WITH RECURSIVE look (at) AS MATERIALIZED (
                SELECT clock_timestamp()
            ), waiting AS MATERIALIZED (
                SELECT activity.pid, activity.application_name, activity.query, blocker.pid AS blocker
                FROM pg_stat_activity AS activity, unnest(pg_blocking_pids(activity.pid)) AS blocker (pid)
                WHERE activity.wait_event_type = 'Lock' AND activity.datname = current_database()
            ), behind (pid, blocker) AS (
                SELECT pid, blocker FROM waiting
                UNION
                SELECT behind.pid, waiting.blocker FROM behind JOIN waiting ON waiting.pid = behind.blocker
            ), kept AS (
                SELECT DISTINCT ON (waiting.pid) waiting.pid, waiting.query, partita.query AS culprit,
                       (SELECT min(waitstart) FROM pg_locks WHERE pid = waiting.pid AND NOT granted) AS since
                FROM waiting
                JOIN behind USING (pid)
                JOIN pg_stat_activity AS partita ON partita.pid = behind.blocker
                WHERE waiting.application_name NOT LIKE 'partita%' AND partita.application_name LIKE 'partita%'
            )
            SELECT look.at, kept.pid, kept.since, kept.query, kept.culprit FROM look LEFT JOIN kept ON true
            """;

    private final Connection connection;
    private final Thread sampler = new Thread(this::sample, "lock spy");
    private final CountDownLatch firstLook = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile LongestWait longest = LongestWait.NONE;
    private volatile @Nullable SQLException failure;

    private LockSpy(Connection connection) {
        this.connection = connection;
    }

    /** Looks on from now until it is closed. */
    public static LockSpy on(TestDatabase database) {
        try {
            LockSpy spy = new LockSpy(database.superuser().getConnection());
            spy.sampler.setDaemon(true);
            spy.sampler.start();
            spy.firstLook.await();
            return spy;
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException("cannot look on in " + database, e);
        }
    }

    /** Looks on while the work runs. What the work throws comes through. */
    public static LongestWait during(TestDatabase database, Work work) throws Exception {
        LockSpy spy = on(database);
        try {
            work.run();
        } finally {
            spy.close();
        }
        return spy.longestWait();
    }

    /** The longest wait so far. */
    public LongestWait longestWait() {
        SQLException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the spy has lost its connection", failed);
        }
        return longest;
    }

    @Override
    public void close() {
        closed = true;
        try {
            sampler.join();
            connection.close();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException("cannot end the spying", e);
        }
    }

    private void sample() {
        try (PreparedStatement question = connection.prepareStatement(WAITING)) {
            Look before = Look.at(question);
            boolean last;
            do {
                last = closed;
                Look now = before.next(question);
                before.waits.forEach((pid, wait) -> {
                    if (!now.waits.containsKey(pid)) {
                        note(wait.until(now.at));
                    }
                });
                now.waits.values().forEach(wait -> note(wait.until(now.at)));
                before = now;
                firstLook.countDown();
                LockSupport.parkNanos(PAUSE.toNanos());
            } while (!last);
        } catch (SQLException e) {
            failure = e;
            firstLook.countDown();
        }
    }

    private void note(LongestWait wait) {
        if (wait.duration().compareTo(longest.duration()) >= 0) {
            longest = wait;
        }
    }

    /** What one sample shows. It is dated before the waits are read, so that none is counted longer than it was. */
    private record Look(Instant at, Map<Integer, Wait> waits) {

        static Look at(PreparedStatement question) throws SQLException {
            return new Look(Instant.MIN, Map.of()).next(question);
        }

        Look next(PreparedStatement question) throws SQLException {
            try (ResultSet row = question.executeQuery()) {
                Map<Integer, Wait> waits = new HashMap<>();
                Instant now = at;
                while (row.next()) {
                    now = instant(row, "at");
                    int pid = row.getInt("pid");
                    if (!row.wasNull()) {
                        Wait known = this.waits.get(pid);
                        waits.put(
                                pid,
                                new Wait(
                                        known != null ? known.since : since(row, now),
                                        now,
                                        row.getString("query"),
                                        row.getString("culprit")));
                    }
                }
                return new Look(now, waits);
            }
        }

        /** The wait may be older than partita's part in it, which was not there at the last look. */
        private Instant since(ResultSet row, Instant now) throws SQLException {
            if (row.getObject("since") == null) {
                return now;
            }
            Instant since = instant(row, "since");
            return since.isBefore(at) ? at : since;
        }

        private static Instant instant(ResultSet row, String column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }
    }

    /** One backend's stay in a queue, by the server's clock. */
    private record Wait(Instant since, Instant seen, String statement, String behind) {

        LongestWait until(Instant now) {
            return new LongestWait(Duration.between(since, seen), Duration.between(seen, now), statement, behind);
        }
    }
}
