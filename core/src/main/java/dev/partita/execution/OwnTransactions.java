package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.RelationLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a statement that makes transactions of its own, such as {@code DETACH … CONCURRENTLY}. Its settings are the session's,
 * and are put back afterwards.
 */
final class OwnTransactions {

    /** Whoever has used the table for so long will make us wait, half-way. */
    private static final Duration OLD = Duration.ofSeconds(1);

    private final Connection connection;
    private final InFlight inFlight;

    OwnTransactions(Connection connection, InFlight inFlight) {
        this.connection = connection;
        this.inFlight = inFlight;
    }

    /**
     * Runs it, when nobody is about for whom it would have to wait.
     *
     * @throws SQLException with the SQLSTATE of a lock that was not available, if somebody is
     */
    void run(DetachConcurrently step) throws SQLException {
        List<Blocker> old =
                Blockers.of(connection, List.of(new RelationLock(step.parent(), Lock.ACCESS_EXCLUSIVE))).stream()
                        .filter(blocker -> blocker.since().compareTo(OLD) >= 0)
                        .toList();
        if (!old.isEmpty()) {
            throw Failures.lockNotAvailable("it would have to wait for " + old.get(0));
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            List<Sql> restore = withoutTimeouts();
            try {
                execute(step.sql().get(0));
            } finally {
                restore(restore);
            }
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private List<Sql> withoutTimeouts() throws SQLException {
        List<Sql> restore = new ArrayList<>();
        for (String timeout : Opening.TIMEOUTS) {
            try (Statement statement = connection.createStatement();
                    ResultSet old = statement.executeQuery("SELECT current_setting('" + timeout + "')")) {
                old.next();
                restore.add(set(timeout, old.getString(1)));
            }
            execute(set(timeout, "0"));
        }
        return restore;
    }

    private static Sql set(String name, String value) {
        return Sql.of("SELECT set_config({}, {}, false)", Literal.of(name), Literal.of(value));
    }

    private void restore(List<Sql> settings) throws SQLException {
        if (!connection.isClosed()) {
            for (Sql setting : settings) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(setting.sql());
                }
            }
        }
    }

    private void execute(Sql sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            inFlight.run(statement, () -> statement.execute(sql.sql()));
        }
    }

    /** Whether it was interrupted between its halves. */
    boolean isHalfDone(DetachConcurrently step) throws SQLException {
        try (PinnedTransaction transaction =
                        PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(10));
                ResultSet pending = transaction
                        .statement()
                        .executeQuery(Sql.of(
                                        "SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass({}) AND inhdetachpending)",
                                        Literal.of(step.partition().sql()))
                                .sql())) {
            return pending.next() && pending.getBoolean(1);
        }
    }
}
