package dev.partita.cases.story;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Kills partita's backend once, at a boundary: before its n-th statement or commit, or right after a commit whose answer then
 * never arrives. What was in flight is lost as when a server process dies; the client sees a broken connection.
 */
final class Killing {

    /** Which boundaries count. */
    enum Boundaries {
        /** Before each statement, before each commit, after each commit. */
        ALL,
        /** Before each commit and after it. */
        COMMITS,
        /** None: it is killed on other majors. */
        NONE
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Telling telling;
    private final Boundaries boundaries;
    private final int at;
    private int seen;
    private Optional<String> killed = Optional.empty();

    private Killing(Telling telling, Boundaries boundaries, int at) {
        this.telling = telling;
        this.boundaries = boundaries;
        this.at = at;
    }

    /** At the n-th boundary, counted from 1. */
    static Killing at(int boundary, Boundaries boundaries, Telling telling) {
        return new Killing(telling, boundaries, boundary);
    }

    /** Where it struck; empty while it has not. */
    Optional<String> killed() {
        return killed;
    }

    DataSource dataSource() {
        DataSource real = telling.database().partita();
        return proxy(DataSource.class, real, (call, name, arguments) -> {
            Object result = call.run();
            return result instanceof Connection connection ? watched(connection) : result;
        });
    }

    private Connection watched(Connection real) {
        return proxy(Connection.class, real, (call, name, arguments) -> {
            if (name.equals("commit")) {
                return committed(call, real);
            }
            Object result = call.run();
            return result instanceof Statement statement ? watched(statement, real) : result;
        });
    }

    private Object committed(Call call, Connection connection) throws Throwable {
        strike(connection, "before a commit");
        Object result = call.run();
        if (strike(connection, "after a commit")) {
            throw new SQLNonTransientConnectionException("the answer to COMMIT was lost", "08006");
        }
        return result;
    }

    private Statement watched(Statement real, Connection connection) {
        return proxy(Statement.class, real, (call, name, arguments) -> {
            boolean executes = name.startsWith("execute");
            if (executes && arguments.length > 0 && String.valueOf(arguments[0]).endsWith(";\nCOMMIT")) {
                return committed(call, connection);
            }
            if (executes && boundaries == Boundaries.ALL) {
                strike(connection, "before " + (arguments.length == 0 ? "a statement" : arguments[0]));
            }
            return call.run();
        });
    }

    private boolean strike(Connection victim, String where) throws SQLException {
        seen++;
        if (seen != at) {
            return false;
        }
        kill(victim.unwrap(PGConnection.class).getBackendPID());
        killed = Optional.of(where);
        return true;
    }

    /** Again and again until it is gone: the server itself, asked to wait for that, looks only every 100 ms. */
    private void kill(int pid) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Statement killer = telling.superuser().createStatement()) {
            while (Rows.of(killer, "SELECT pg_terminate_backend(" + pid + ")").equals("t")) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("backend " + pid + " does not die");
                }
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        }
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Throwable;
    }

    @FunctionalInterface
    private interface Around {
        Object call(Call call, String name, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, nullable) -> {
                    Object[] arguments = nullable == null ? new Object[0] : nullable;
                    Call call = () -> {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    };
                    return around.call(call, method.getName(), arguments);
                }));
    }
}
