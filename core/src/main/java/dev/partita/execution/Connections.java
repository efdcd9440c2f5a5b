package dev.partita.execution;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One connection at a time, opened when first needed and again after it broke. */
final class Connections implements AutoCloseable {

    private static final int SECONDS_TO_ANSWER = 2;

    private final DataSource dataSource;
    private @Nullable Connection connection;

    Connections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Connection one() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = dataSource.getConnection();
            connection = open;
        }
        return open;
    }

    /** After a failure: whatever does not answer any more is not used again. */
    void forgetIfBroken() {
        Connection open = connection;
        try {
            if (open != null && !open.isValid(SECONDS_TO_ANSWER)) {
                close();
            }
        } catch (SQLException e) {
            close();
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // Nothing was under way on it, so nothing can be lost.
                return;
            }
        }
    }
}
