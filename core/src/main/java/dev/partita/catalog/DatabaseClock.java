package dev.partita.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Tells the time. The server's time decides what is due; only tests put another clock in its place. */
@FunctionalInterface
public interface DatabaseClock {

    /** The present, on this connection's server. */
    Instant now(Connection connection) throws SQLException;

    /** The server's own clock. */
    static DatabaseClock server() {
        return connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT pg_catalog.clock_timestamp()")) {
                result.next();
                return result.getObject(1, OffsetDateTime.class).toInstant();
            }
        };
    }
}
