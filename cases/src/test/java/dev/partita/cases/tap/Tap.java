package dev.partita.cases.tap;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Tells of each boundary that the connections of a data source come to. */
public final class Tap {

    private final Listener listener;

    private Tap(Listener listener) {
        this.listener = listener;
    }

    /** Is told on the thread that is at work. What it throws, the client gets in place of an answer. */
    public interface Listener {

        /** @param statement what is about to be sent, or was; {@code COMMIT} for commits */
        void reached(Boundary boundary, String statement, Connection connection) throws SQLException;

        /** Something is about to be asked of the data source, a connection or a statement, whatever it is. */
        default void asked() {}

        /** A connection was opened. */
        default void opened(Connection connection) {}
    }

    /** The same data source, listened in on. */
    public static DataSource on(DataSource real, Listener listener) {
        Tap tap = new Tap(listener);
        return Around.each(DataSource.class, real, (call, name, arguments) -> {
            listener.asked();
            Object result = call.run();
            if (result instanceof Connection connection) {
                listener.opened(connection);
                return tap.watched(connection);
            }
            return result;
        });
    }

    private Connection watched(Connection real) {
        return Around.each(Connection.class, real, (call, name, arguments) -> {
            listener.asked();
            if (name.equals("commit")) {
                return committed(call, real);
            }
            Object result = call.run();
            return result instanceof Statement statement ? watched(statement, real) : result;
        });
    }

    private Object committed(Around.Call call, Connection connection) throws Throwable {
        listener.reached(Boundary.COMMIT, "COMMIT", connection);
        Object result = call.run();
        listener.reached(Boundary.COMMITTED, "COMMIT", connection);
        return result;
    }

    private Statement watched(Statement real, Connection connection) {
        return Around.each(Statement.class, real, (call, name, arguments) -> {
            listener.asked();
            if (!name.startsWith("execute")) {
                return call.run();
            }
            String sql = arguments.length == 0 ? "" : String.valueOf(arguments[0]);
            if (sql.endsWith(";\nCOMMIT")) {
                return committed(call, connection);
            }
            listener.reached(Boundary.STATEMENT, sql, connection);
            boolean alone = connection.getAutoCommit();
            Object result = call.run();
            if (alone) {
                listener.reached(Boundary.ALONE, sql, connection);
            }
            return result;
        });
    }
}
