package dev.partita.cli.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * Opens connections to a target; nothing is pooled. Thread-safe.
 *
 * <p>The password is read when the first connection is opened and kept until {@link #close()}. When the server rejects
 * it, it is read once more, and used when it has changed: tokens expire and passwords are rotated while a program runs.
 */
public final class TargetDataSource implements DataSource, AutoCloseable {

    private static final String PASSWORD_REJECTED = "28P01";

    /** Held, so that what is said here of its level stays said. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    static {
        if (DRIVER_LOG.getLevel() == null) {
            // Whatever the driver logs when it cannot connect it also throws, and then it is told once, in our words.
            DRIVER_LOG.setLevel(Level.OFF);
        }
    }

    private final Target target;
    private final PasswordSource passwords;
    private final Driver driver = new Driver();

    private @Nullable Secret password;

    TargetDataSource(Target target, PasswordSource passwords) {
        this.target = target;
        this.passwords = passwords;
    }

    /** The database that the connections lead to. */
    public Target target() {
        return target;
    }

    /**
     * Opens a connection.
     *
     * @throws SQLException when the server cannot be reached or refuses; {@link ConnectionTrouble} puts it into words
     * @throws dev.partita.problem.PartitaException when the password cannot be had
     */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (password == null) {
            password = passwords.read().orElse(null);
        }
        try {
            return open(password);
        } catch (SQLException e) {
            if (!PASSWORD_REJECTED.equals(e.getSQLState()) || !changed()) {
                throw e;
            }
            return open(password);
        }
    }

    /** Reads the password again and tells whether it is another. */
    private boolean changed() {
        Optional<Secret> again = passwords.read();
        if (again.isEmpty() || (password != null && again.get().sameAs(password))) {
            again.ifPresent(Secret::close);
            return false;
        }
        close();
        password = again.get();
        return true;
    }

    private Connection open(@Nullable Secret secret) throws SQLException {
        Properties properties = target.properties();
        // Never left out: without a password the driver would look for one in ~/.pgpass, whoever may read that.
        properties.setProperty("password", secret == null ? "" : secret.reveal());
        Connection connection = Objects.requireNonNull(driver.connect(target.jdbcUrl(), properties), "not our URL");
        try {
            letGoOfTheDead(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Lets the server look whether we are still there while it works for us, so that what a lost connection left behind
     * ends within seconds. Not behind a pooler, where the setting would stay with a server that is not ours.
     */
    private static void letGoOfTheDead(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select pg_catalog.set_config('client_connection_check_interval', '5s', false)"
                        + " where pg_catalog.pg_backend_pid() = ?")) {
            statement.setInt(1, connection.unwrap(PGConnection.class).getBackendPID());
            statement.execute();
        } catch (SQLException e) {
            // Servers on systems that cannot watch a socket refuse the setting; those before 14 do not have it.
            if (!"22023".equals(e.getSQLState()) && !"42704".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Overwrites the password; the next connection reads it again. */
    @Override
    public synchronized void close() {
        if (password != null) {
            password.close();
            password = null;
        }
    }

    @Override
    public Connection getConnection(String user, String secret) throws SQLException {
        throw new SQLFeatureNotSupportedException("the target says who logs in");
    }

    /** Ignored: the driver's log is configured like every other. */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /** Ignored: the target's own time limits hold. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return Integer.parseInt(target.properties().getProperty("loginTimeout"));
    }

    @Override
    public Logger getParentLogger() {
        return DRIVER_LOG;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("not a " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    /** The target, without a secret. */
    @Override
    public String toString() {
        return target.display();
    }
}
