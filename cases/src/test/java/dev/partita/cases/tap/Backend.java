package dev.partita.cases.tap;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/** The process of the server's that serves a connection. */
public record Backend(int pid) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public static Backend of(Connection connection) throws SQLException {
        return new Backend(connection.unwrap(PGConnection.class).getBackendPID());
    }

    /** Again and again until it is gone: the server itself, asked to wait for that, looks only every 100 ms. */
    public void kill(Connection superuser) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Statement killer = superuser.createStatement()) {
            while (wasThere(killer)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("backend " + pid + " does not die");
                }
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
    }

    private boolean wasThere(Statement killer) throws SQLException {
        try (ResultSet row = killer.executeQuery("SELECT pg_terminate_backend(" + pid + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
