package dev.partita.cases.migration;

import dev.partita.cases.tap.Backend;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/** How a process of partita's is struck. */
enum Blow {
    /** A statement fails, with nothing broken. */
    EXCEPTION {
        @Override
        void fall(Connection on, Surroundings in) throws SQLException {
            throw new SQLException("struck", "XX000");
        }
    },
    /** The server ends the backend. */
    KILL {
        @Override
        void fall(Connection on, Surroundings in) throws SQLException {
            Backend.of(on).kill(in.superuser());
        }
    },
    /** The network loses the connection. */
    RESET {
        @Override
        void fall(Connection on, Surroundings in) throws SQLException {
            on.abort(Runnable::run);
        }
    },
    /** The server stops as in a power cut, and recovers. */
    STOP {
        @Override
        void fall(Connection on, Surroundings in) {
            in.stopServer();
        }
    };

    /** What a blow needs that does not come from the process itself. */
    interface Surroundings {

        Connection superuser() throws SQLException;

        void stopServer();
    }

    abstract void fall(Connection on, Surroundings in) throws SQLException;

    /** A commit that came through, whose answer never arrives. */
    static SQLException unanswered() {
        return new SQLNonTransientConnectionException("the answer was lost", "08006");
    }
}
