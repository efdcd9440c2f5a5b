package dev.partita.test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A session of a client in a database, as pg_stat_activity shows it. */
record OpenSession(int pid, String description) {

    /** Those still there after a moment's patience: the end of a session reaches the server after its client's close(). */
    static List<OpenSession> lingeringIn(String database, Script maintenance, Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<OpenSession> open = in(database, maintenance);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            open = in(database, maintenance);
        }
        return open;
    }

    /** The failure of a test that has left these open, with the places that opened them. */
    static AssertionError leak(List<OpenSession> open, Map<Integer, Throwable> openedBy) {
        AssertionError leak = new AssertionError(open.stream()
                .map(OpenSession::description)
                .collect(Collectors.joining("\n  ", "the test has left connections open:\n  ", "")));
        open.stream().map(session -> openedBy.get(session.pid)).forEach(opening -> {
            if (opening != null) {
                leak.addSuppressed(opening);
            }
        });
        return leak;
    }

    private static List<OpenSession> in(String database, Script maintenance) throws SQLException {
        return maintenance
                .rows("SELECT pid, format('%s as %s, %s, last statement: %s', application_name, usename, state, query)"
                        + " FROM pg_stat_activity"
                        + " WHERE backend_type IN ('client backend', 'walsender') AND datname = '" + database + "'")
                .stream()
                .map(row -> row.split("\\|", 2))
                .map(row -> new OpenSession(Integer.parseInt(row[0]), row[1]))
                .toList();
    }
}
