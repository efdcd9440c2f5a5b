package dev.partita.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** A session that runs SQL as psql does: statement by statement, each in a transaction of its own unless BEGIN says otherwise. */
final class Script implements AutoCloseable {

    private final Connection connection;

    Script(Connection connection) {
        this.connection = connection;
    }

    static Script asSuperuser(PostgresServer server, String database) throws SQLException {
        return new Script(Login.of(server, database, PostgresServer.SUPERUSER, "partita-test")
                .getConnection());
    }

    void run(String sql) throws SQLException {
        for (NativeQuery statement : statements(sql)) {
            try (Statement runner = runner()) {
                runner.execute(statement.nativeSql);
            }
        }
    }

    /** The rows as {@code psql -At} prints them: values joined by a bar, null as nothing. */
    List<String> rows(String query) throws SQLException {
        try (Statement runner = runner();
                ResultSet result = runner.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    String value = result.getString(column);
                    values.add(value == null ? "" : value);
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    /** Whether the server still answers. */
    boolean alive() throws SQLException {
        return connection.isValid(5);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static List<NativeQuery> statements(String sql) throws SQLException {
        return Parser.parseJdbcSql(sql, true, false, true, false, false);
    }

    private Statement runner() throws SQLException {
        Statement runner = connection.createStatement();
        runner.setEscapeProcessing(false);
        return runner;
    }
}
