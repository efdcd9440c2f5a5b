package dev.partita.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * A transaction under {@link SessionSettings#PINNED} that reads what is committed, with bounded waits. Closing it rolls back what was not committed and leaves
 * the connection as it was found.
 *
 * <p>Statements are sent as plain text without parameters, so that no server-side statement stays behind in a pooler.
 */
public final class PinnedTransaction implements AutoCloseable {

    private final Connection connection;
    private final boolean autoCommit;
    private final Statement statement;

    private PinnedTransaction(Connection connection, boolean autoCommit, Statement statement) {
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.statement = statement;
    }

    /**
     * Begins.
     *
     * @param connection outside of a transaction
     * @param lockTimeout the longest single wait for a lock
     * @param statementTimeout the longest time a statement may take
     */
    public static PinnedTransaction begin(Connection connection, Duration lockTimeout, Duration statementTimeout)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        PinnedTransaction transaction = null;
        try {
            transaction = new PinnedTransaction(connection, autoCommit, connection.createStatement());
            transaction.statement.setEscapeProcessing(false);
            transaction.statement.execute(SessionSettings.READ_COMMITTED + ";\n"
                    + Setting.all(SessionSettings.PINNED, SessionSettings.limits(lockTimeout, statementTimeout)));
            return transaction;
        } catch (SQLException e) {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
            throw e;
        }
    }

    /** The statement to speak through; its results end with the next use. */
    public Statement statement() {
        return statement;
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        try (statement) {
            connection.rollback();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }
}
