package dev.partita.cases.story;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A pool of one connection, which a server process with warm caches answers: for whoever looks often. As in every pool, what a
 * user leaves behind in the session is found by the next.
 */
final class Kept implements AutoCloseable {

    private final DataSource source;
    private @Nullable Connection connection;

    Kept(DataSource source) {
        this.source = source;
    }

    /** The connection itself, which stays open. */
    Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = source.getConnection();
            // From the first time on, so that a query without parameters is planned once a session.
            open.unwrap(PGConnection.class).setPrepareThreshold(1);
            connection = open;
        }
        return open;
    }

    /** Hands out the connection, and ignores that it is closed. */
    DataSource dataSource() {
        return proxy(DataSource.class, source, "getConnection", () -> {
            Connection open = connection();
            return proxy(Connection.class, open, "close", () -> null);
        });
    }

    @Override
    public void close() {
        try {
            Connection open = connection;
            if (open != null) {
                open.close();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Answer {
        @Nullable
        Object give() throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T real, String method, Answer answer) {
        return Objects.requireNonNull(type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.give();
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}
