package dev.partita.cases.story;

import dev.partita.cases.tap.Backend;
import dev.partita.cases.tap.Boundary;
import dev.partita.cases.tap.Tap;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;
import javax.sql.DataSource;

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
        return Tap.on(telling.database().partita(), this::reached);
    }

    private void reached(Boundary boundary, String statement, Connection connection) throws SQLException {
        if (counts(boundary) && ++seen == at) {
            Backend.of(connection).kill(telling.superuser());
            killed = Optional.of(boundary == Boundary.STATEMENT ? "before " + statement : boundary.toString());
            if (boundary.isAfter()) {
                throw new SQLNonTransientConnectionException("the answer to COMMIT was lost", "08006");
            }
        }
    }

    private boolean counts(Boundary boundary) {
        return switch (boundary) {
            case STATEMENT -> boundaries == Boundaries.ALL;
            case COMMIT, COMMITTED -> true;
            case ALONE -> false;
        };
    }
}
