package dev.partita.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Writes down which locks each transaction held when it committed, for a golden map of locks.
 *
 * <pre>{@code
 * LockRecorder recorder = LockRecorder.around(database.partita());
 * Partita.of(recorder.dataSource(), …) …
 * assertThat(recorder.transactions()).extracting(LockRecorder.Transaction::toString).containsExactly("…");
 * }</pre>
 *
 * <p>A transaction ends here by {@code commit()}, by {@code setAutoCommit(true)} or by a statement {@code COMMIT}. Statements in
 * auto-commit, such as {@code DETACH … CONCURRENTLY}, hold nothing any more when they return, and are not in the list.
 */
public final class LockRecorder {

    /**
     * A committed transaction.
     *
     * @param statements its SQL, in order
     * @param locks what it held at its end
     */
    public record Transaction(List<String> statements, SortedSet<HeldLock> locks) {

        @Override
        public String toString() {
            return String.join("; ", statements) + " -> "
                    + locks.stream().map(HeldLock::toString).collect(Collectors.joining(", "));
        }
    }

    private final List<Transaction> transactions = new CopyOnWriteArrayList<>();
    private final DataSource dataSource;

    private LockRecorder(DataSource source) {
        this.dataSource = proxy(DataSource.class, source, (method, arguments, call) -> {
            Object result = call.run();
            return result instanceof Connection connection ? new Recorded(connection).connection() : result;
        });
    }

    public static LockRecorder around(DataSource source) {
        return new LockRecorder(source);
    }

    /** The same data source, with its connections watched. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** What was committed so far, in the order of the commits. */
    public List<Transaction> transactions() {
        return List.copyOf(transactions);
    }

    private final class Recorded {

        private final Connection real;
        private final List<String> statements = new ArrayList<>();
        private boolean begun;

        Recorded(Connection real) {
            this.real = real;
        }

        Connection connection() {
            return proxy(Connection.class, real, (method, arguments, call) -> {
                switch (method.getName()) {
                    case "commit" -> end();
                    case "rollback" -> {
                        if (arguments.length == 0) {
                            forget();
                        }
                    }
                    case "setAutoCommit" -> {
                        if (arguments[0].equals(true) && !real.getAutoCommit()) {
                            end();
                        }
                    }
                    default -> {}
                }
                Object result = call.run();
                if (result instanceof PreparedStatement prepared) {
                    return statement(PreparedStatement.class, prepared, String.valueOf(arguments[0]));
                }
                return result instanceof Statement plain ? statement(Statement.class, plain, "") : result;
            });
        }

        private <T extends Statement> T statement(Class<T> type, T real, String prepared) {
            return proxy(type, real, (method, arguments, call) -> {
                if (method.getName().startsWith("execute")) {
                    note(arguments.length == 0 ? prepared : String.valueOf(arguments[0]));
                }
                return call.run();
            });
        }

        private void note(String sql) throws SQLException {
            String word = sql.strip().toUpperCase(Locale.ROOT);
            if (word.startsWith("BEGIN") || word.startsWith("START TRANSACTION")) {
                begun = true;
            } else if (word.startsWith("COMMIT")) {
                end();
            } else if (word.startsWith("ROLLBACK") && !word.startsWith("ROLLBACK TO")) {
                forget();
            } else if (begun || !real.getAutoCommit()) {
                statements.add(sql.strip());
                if (word.endsWith(";\nCOMMIT")) {
                    end();
                }
            }
        }

        private void end() throws SQLException {
            if (!statements.isEmpty() && !failed()) {
                transactions.add(new Transaction(List.copyOf(statements), HeldLock.by(real)));
            }
            forget();
        }

        private void forget() {
            statements.clear();
            begun = false;
        }

        /** A failed transaction commits nothing, and answers no question any more. */
        private boolean failed() throws SQLException {
            return real.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED;
        }
    }

    @FunctionalInterface
    private interface Interception {
        Object around(Method method, Object[] arguments, Call call) throws Throwable;
    }

    @FunctionalInterface
    private interface Call {
        Object run() throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Interception interception) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, nullable) -> {
                    Object[] arguments = nullable == null ? new Object[0] : nullable;
                    return interception.around(method, arguments, () -> {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
                }));
    }
}
