package dev.partita.test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

    /** Who of the application waits at this moment, directly or behind others, for a backend of partita. */
    private static final String WAITING = """
            WITH RECURSIVE waiting AS MATERIALIZED (
                SELECT activity.pid, activity.application_name, activity.query, blocker.pid AS blocker
                FROM pg_stat_activity AS activity, unnest(pg_blocking_pids(activity.pid)) AS blocker (pid)
                WHERE activity.wait_event_type = 'Lock' AND activity.datname = current_database()
            ), behind (pid, blocker) AS (
                SELECT pid, blocker FROM waiting
                UNION
                SELECT behind.pid, waiting.blocker FROM behind JOIN waiting ON waiting.pid = behind.blocker
            )
            SELECT DISTINCT ON (waiting.pid) waiting.pid, waiting.query, culprit.query AS culprit,
                   (SELECT extract(epoch FROM clock_timestamp() - min(waitstart)) * 1e9
                    FROM pg_locks WHERE pid = waiting.pid AND NOT granted)::bigint AS waited
            FROM waiting
            JOIN behind USING (pid)
            JOIN pg_stat_activity AS culprit ON culprit.pid = behind.blocker
            WHERE waiting.application_name NOT LIKE 'partita%' AND culprit.application_name LIKE 'partita%'
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
        try (PreparedStatement look = connection.prepareStatement(WAITING)) {
            Map<Integer, Wait> waits = Map.of();
            long before = System.nanoTime();
            boolean last;
            do {
                last = closed;
                long now = System.nanoTime();
                Map<Integer, Wait> seen = look(look, waits, before, now);
                waits.forEach((pid, wait) -> {
                    if (!seen.containsKey(pid)) {
                        note(wait.until(now));
                    }
                });
                seen.values().forEach(wait -> note(wait.until(now)));
                waits = seen;
                before = now;
                firstLook.countDown();
                LockSupport.parkNanos(PAUSE.toNanos());
            } while (!last);
        } catch (SQLException e) {
            failure = e;
            firstLook.countDown();
        }
    }

    private static Map<Integer, Wait> look(PreparedStatement look, Map<Integer, Wait> known, long before, long now)
            throws SQLException {
        Map<Integer, Wait> seen = new HashMap<>();
        try (ResultSet row = look.executeQuery()) {
            while (row.next()) {
                long waited = row.getLong("waited");
                long since = row.wasNull() ? before : Math.max(before, now - waited);
                Wait begun = new Wait(since, now, row.getString("query"), row.getString("culprit"));
                seen.merge(row.getInt("pid"), begun, (one, other) -> one);
            }
        }
        seen.replaceAll((pid, wait) -> wait.continuing(known.get(pid)));
        return seen;
    }

    private void note(LongestWait wait) {
        if (wait.duration().compareTo(longest.duration()) >= 0) {
            longest = wait;
        }
    }

    /** One backend's stay in a queue, in nanoseconds of this machine's clock. */
    private record Wait(long since, long seen, String statement, String behind) {

        Wait continuing(@Nullable Wait known) {
            return known == null ? this : new Wait(known.since, seen, statement, known.behind);
        }

        LongestWait until(long now) {
            return new LongestWait(Duration.ofNanos(seen - since), Duration.ofNanos(now - seen), statement, behind);
        }
    }
}
