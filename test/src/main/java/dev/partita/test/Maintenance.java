package dev.partita.test;

import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The superuser's sessions in the database {@code postgres}, from where databases and roles are made and dropped. They are kept
 * for the next: to log in costs the server half as much as to copy a database.
 */
final class Maintenance {

    /** What needs such a session. */
    @FunctionalInterface
    interface Work {
        void in(Script session) throws SQLException;
    }

    private final PostgresServer server;
    private final Deque<Script> idle = new ConcurrentLinkedDeque<>();

    Maintenance(PostgresServer server) {
        this.server = server;
    }

    /** Does this in a session that nobody else uses meanwhile; the session of work that fails is not used again. */
    void run(Work work) throws SQLException {
        Script session = session();
        try {
            work.in(session);
        } catch (SQLException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
        idle.push(session);
    }

    /** One that has outlived the server's last restart, or a new one. */
    private Script session() throws SQLException {
        for (Script kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.alive()) {
                return kept;
            }
            kept.close();
        }
        return Script.asSuperuser(server, "postgres");
    }
}
