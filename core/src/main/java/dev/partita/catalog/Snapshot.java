package dev.partita.catalog;

import dev.partita.sql.Literal;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;

/**
 * One transaction that sees one state of the catalog, under {@link SessionSettings#PINNED}. Closing it rolls back and leaves
 * the connection as it was found.
 *
 * <p>Statements are sent as plain text without parameters, so that no server-side statement stays behind in a pooler.
 */
public final class Snapshot implements AutoCloseable {

    /** A lock on one relation costs this much once; below every sensible {@code deadlock_timeout}. */
    static final Duration LOCK_TIMEOUT = Duration.ofMillis(200);

    static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    /** From 16 on membership does not always mean that one may become the other. */
    private static final String OWNERS_RIGHTS = """
            SELECT pg_catalog.set_config('role', owner.rolname, true)
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_roles owner ON owner.oid = c.relowner
            WHERE n.nspname = %s AND c.relname = %s AND owner.rolname <> current_user
              AND pg_catalog.pg_has_role(owner.oid,
                  CASE WHEN pg_catalog.current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)""";

    private final Connection connection;
    private final boolean autoCommit;

    private Snapshot(Connection connection, boolean autoCommit) {
        this.connection = connection;
        this.autoCommit = autoCommit;
    }

    /**
     * Begins.
     *
     * @param connection outside of a transaction
     * @param writable whether something may be tried out that writes; it is rolled back all the same
     */
    public static Snapshot begin(Connection connection, boolean writable) throws SQLException {
        Snapshot snapshot = new Snapshot(connection, connection.getAutoCommit());
        connection.setAutoCommit(false);
        try {
            snapshot.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ" + (writable ? "" : ", READ ONLY") + ";\n"
                    + Setting.all(
                            SessionSettings.PINNED,
                            SessionSettings.limits(LOCK_TIMEOUT, STATEMENT_TIMEOUT),
                            SessionSettings.LOOK_INTO_INDEXES));
        } catch (SQLException e) {
            try (snapshot) {
                throw e;
            }
        }
        return snapshot;
    }

    /** From here on nothing writes. */
    void readOnly() throws SQLException {
        run("SET TRANSACTION READ ONLY");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Where it happens, for those who read in transactions of others too. */
    Connection connection() {
        return connection;
    }

    /** Visits each row of a query. */
    public void each(String sql, Visitor visitor) throws SQLException {
        each(connection, sql, visitor);
    }

    /** Does something that may take long, and so is run by somebody who can cancel it. */
    public void run(String sql, Conductor conductor) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            conductor.run(statement, () -> statement.execute(sql));
        }
    }

    /** Visits each row of a query that may take long, and so is run by somebody who can cancel it. */
    public void each(String sql, Visitor visitor, Conductor conductor) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            conductor.run(statement, () -> {
                try (ResultSet result = statement.executeQuery(sql)) {
                    Row row = new Row(result);
                    while (result.next()) {
                        visitor.visit(row);
                    }
                }
            });
        }
    }

    /** Visits each row of a query in a transaction under {@link SessionSettings#PINNED}. */
    public static void each(Connection connection, String sql, Visitor visitor) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(sql)) {
                Row row = new Row(result);
                while (result.next()) {
                    visitor.visit(row);
                }
            }
        }
    }

    /** Does something that may fail, and leaves the transaction usable if it does. */
    void attempt(Work work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            work.run();
        } catch (SQLException e) {
            connection.rollback(before);
            throw e;
        }
        connection.releaseSavepoint(before);
    }

    /** Does something and undoes it. */
    void undone(Work work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            work.run();
        } finally {
            connection.rollback(before);
        }
        connection.releaseSavepoint(before);
    }

    /**
     * Looks at the rows of a relation with its owner's rights, if we may act for him: a role of few rights has none of its own on
     * them. Afterwards we are who we were, and the relation is free.
     */
    public void lookInto(TableName relation, Work work) throws SQLException {
        undone(() -> {
            each(
                    OWNERS_RIGHTS.formatted(
                            Literal.of(relation.schema().name()),
                            Literal.of(relation.name().name())),
                    row -> {});
            work.run();
        });
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.rollback();
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /** Looks at a row. */
    @FunctionalInterface
    public interface Visitor {
        void visit(Row row) throws SQLException;
    }

    /** Has a statement run. */
    @FunctionalInterface
    public interface Conductor {
        void run(Statement statement, Work work) throws SQLException;
    }

    /** Speaks to the server. */
    @FunctionalInterface
    public interface Work {
        void run() throws SQLException;
    }
}
