package dev.partita.test;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections of one role to one database, each new; the role has no password. */
final class Login implements DataSource {

    private final PGSimpleDataSource source;
    private final String afterLogin;
    private final Consumer<Connection> register;

    private Login(PGSimpleDataSource source, String afterLogin, Consumer<Connection> register) {
        this.source = source;
        this.afterLogin = afterLogin;
        this.register = register;
    }

    static Login of(PostgresServer server, String database, String role, String applicationName) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setApplicationName(applicationName);
        source.setSslMode("disable");
        return new Login(source, "SET TimeZone = 'UTC'", connection -> {});
    }

    /** The same, where each session begins with these statements. */
    Login beginningWith(String statements) {
        return new Login(source, statements, register);
    }

    /** The same, where each connection is shown to somebody before it is handed out. */
    Login showing(Consumer<Connection> register) {
        return new Login(source, afterLogin, register);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.getConnection();
        if (!afterLogin.isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(afterLogin);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        register.accept(connection);
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("this data source is for " + source.getUser() + " alone");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.partita.test");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!isWrapperFor(type)) {
            throw new SQLException("not a " + type.getName());
        }
        return type.cast(source);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(source);
    }
}
