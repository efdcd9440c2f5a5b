package dev.partita.cases.migration;

import dev.partita.cases.tap.Boundary;
import dev.partita.cases.tap.Tap;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import javax.sql.DataSource;

/** The connections of a process that is struck at some of its boundaries. */
final class Mortal {

    private final DataSource real;
    private final Blow blow;
    private final Blow.Surroundings surroundings;
    private final IntPredicate when;
    private final boolean dies;
    private final List<Connection> connections = new ArrayList<>();
    private Tap.Listener onlooker = (boundary, statement, connection) -> {};
    private int seen;
    private int struck;
    private Optional<String> last = Optional.empty();

    private Mortal(DataSource real, Blow blow, Blow.Surroundings surroundings, IntPredicate when, boolean dies) {
        this.real = real;
        this.blow = blow;
        this.surroundings = surroundings;
        this.when = when;
        this.dies = dies;
    }

    /** Struck once, and dead from then on: the statement at work is the last that the server hears of it. */
    static Mortal dying(DataSource real, Blow blow, Blow.Surroundings surroundings, int at) {
        return new Mortal(real, blow, surroundings, boundary -> boundary == at, true);
    }

    /** Struck now and then, and going on. */
    static Mortal surviving(DataSource real, Blow blow, Blow.Surroundings surroundings, IntPredicate when) {
        return new Mortal(real, blow, surroundings, when, false);
    }

    DataSource dataSource() {
        return Tap.on(real, new Tap.Listener() {
            @Override
            public void asked() {
                if (isDead()) {
                    throw new Dead();
                }
            }

            @Override
            public void opened(Connection connection) {
                connections.add(connection);
            }

            @Override
            public void reached(Boundary boundary, String statement, Connection connection) throws SQLException {
                Mortal.this.reached(boundary, statement, connection);
            }
        });
    }

    /** What a process gets that should not run any more. */
    static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1;

        Dead() {
            super("this process is dead", null, false, false);
        }
    }

    /** What becomes of the connections of a process that is gone: what it had not committed is rolled back. */
    void bury() throws SQLException {
        for (Connection connection : connections) {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            connection.close();
        }
    }

    /** Has somebody look on at each boundary before it is struck. */
    Mortal watchedBy(Tap.Listener onlooker) {
        this.onlooker = onlooker;
        return this;
    }

    /** How often it was struck. */
    int struck() {
        return struck;
    }

    /** How many boundaries it has come to. */
    int seen() {
        return seen;
    }

    /** Where it was struck last, in words. */
    String where() {
        return blow + " " + last.orElse("nowhere");
    }

    private boolean isDead() {
        return dies && struck > 0;
    }

    private void reached(Boundary boundary, String statement, Connection connection) throws SQLException {
        seen++;
        onlooker.reached(boundary, statement, connection);
        if (!when.test(seen)) {
            return;
        }
        struck++;
        last = Optional.of(boundary + ", the " + seen + "th boundary: " + statement);
        if (blow == Blow.EXCEPTION && boundary.isAfter()) {
            throw Blow.unanswered();
        }
        blow.fall(connection, surroundings);
        if (boundary.isAfter()) {
            connection.abort(Runnable::run);
            throw Blow.unanswered();
        }
    }
}
