package dev.partita.cases.tap;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Keeps connections for whoever comes next, as applications do: to log in takes longer than most steps. */
public final class Pool implements AutoCloseable {

    private final DataSource real;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    public Pool(DataSource real) {
        this.real = real;
    }

    /** Lends connections until they are closed. */
    public DataSource dataSource() {
        return Around.each(
                DataSource.class, real, (call, name, arguments) -> name.equals("getConnection") ? lent() : call.run());
    }

    private Connection lent() throws SQLException {
        Connection kept = idle.poll();
        Connection connection = kept == null ? real.getConnection() : kept;
        AtomicBoolean lent = new AtomicBoolean(true);
        return Around.each(Connection.class, connection, (call, name, arguments) -> {
            if (!name.equals("close")) {
                return call.run();
            }
            if (lent.getAndSet(false)) {
                takeBack(connection);
            }
            return Void.TYPE;
        });
    }

    /** What is not as it was when it was lent is thrown away. */
    private void takeBack(Connection connection) throws SQLException {
        if (!connection.isClosed()
                && connection.getAutoCommit()
                && connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE) {
            idle.push(connection);
        } else {
            connection.close();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            kept.close();
        }
    }
}
