package dev.partita.execution;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A pooler between us and the server, which may hand each of our statements to another session, and our session to somebody else:
 * settings that are meant for the session would be theirs.
 */
final class Pooler {

    /** The SQLSTATE with which we refuse to go on. */
    static final String BETWEEN = "PT003";

    /** The driver's, asked by name, because nothing else here needs to know which driver it is. */
    private static final String DRIVERS_CONNECTION = "org.postgresql.PGConnection";

    private Pooler() {}

    /**
     * Goes on where the session is ours from beginning to end, or where that cannot be told.
     *
     * @throws SQLException with the SQLSTATE {@link #BETWEEN}
     */
    static void requireNone(Connection connection) throws SQLException {
        Optional<Integer> greeted = whoGreeted(connection);
        if (greeted.isPresent() && greeted.get() != whoAnswers(connection)) {
            throw new SQLException("the connection goes through a pooler", BETWEEN);
        }
    }

    /** The process that the driver was told of when it connected; a pooler tells of one that does not exist. */
    private static Optional<Integer> whoGreeted(Connection connection) throws SQLException {
        try {
            Class<?> driver = Class.forName(
                    DRIVERS_CONNECTION, false, connection.getClass().getClassLoader());
            return connection.isWrapperFor(driver)
                    ? Optional.of((Integer) driver.getMethod("getBackendPID").invoke(connection.unwrap(driver)))
                    : Optional.empty();
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            return Optional.empty();
        }
    }

    private static int whoAnswers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
