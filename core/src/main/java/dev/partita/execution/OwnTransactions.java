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
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs a statement that makes transactions of its own, such as {@code DETACH … CONCURRENTLY}. Its settings are the session's,
 * and are put back afterwards.
 */
final class OwnTransactions {

    /** Whoever has used the table for so long will make us wait, half-way. */
    private static final Duration OLD = Duration.ofSeconds(1);

    /** First what is set, then the setting: a list is computed from left to right. */
    private static final String TAKE_AWAY = "SELECT " + each("pg_catalog.current_setting('", "')") + ", "
            + each("pg_catalog.set_config('", "', '0', false)");

    private final Connection connection;
    private final InFlight inFlight;

    OwnTransactions(Connection connection, InFlight inFlight) {
        this.connection = connection;
        this.inFlight = inFlight;
    }

    private static String each(String before, String after) {
        return Opening.TIMEOUTS.stream()
                .map(timeout -> before + timeout + after)
                .collect(Collectors.joining(", "));
    }

    /**
     * Runs it, when nobody is about for whom it would have to wait.
     *
     * @throws SQLException with the SQLSTATE of a lock that was not available, if somebody is
     */
    void run(DetachConcurrently step) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            requireNobodyOld(step);
            Sql restore = withoutTimeouts();
            try {
                execute(step.sql().get(0));
            } finally {
                restore(restore);
            }
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /** Most of the time nobody is, so a look at ages comes before the one at names. */
    private void requireNobodyOld(DetachConcurrently step) throws SQLException {
        if (!isSomebodyOld(step)) {
            return;
        }
        Optional<Blocker> old =
                Blockers.of(connection, List.of(new RelationLock(step.parent(), Lock.ACCESS_EXCLUSIVE))).stream()
                        .filter(blocker -> blocker.since().compareTo(OLD) >= 0)
                        .findFirst();
        if (old.isPresent()) {
            throw Failures.lockNotAvailable("it would have to wait for " + old.get());
        }
    }

    private boolean isSomebodyOld(DetachConcurrently step) throws SQLException {
        Sql question = Sql.of(
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
                        + " WHERE l.relation = pg_catalog.to_regclass({}) AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()"
                        + " AND coalesce(a.xact_start, '-infinity') <= pg_catalog.clock_timestamp() - interval '1 second')",
                Literal.of(step.parent().sql()));
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(question.sql())) {
            return result.next() && result.getBoolean(1);
        }
    }

    /** Both in one trip; gives what brings back what was there before. */
    private Sql withoutTimeouts() throws SQLException {
        List<Sql> restore = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet old = statement.executeQuery(TAKE_AWAY)) {
            old.next();
            for (int i = 0; i < Opening.TIMEOUTS.size(); i++) {
                restore.add(Sql.of(
                        "pg_catalog.set_config({}, {}, false)",
                        Literal.of(Opening.TIMEOUTS.get(i)),
                        Literal.of(old.getString(i + 1))));
            }
        }
        return Sql.of("SELECT {}", Sql.list(restore));
    }

    private void restore(Sql settings) throws SQLException {
        if (!connection.isClosed()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(settings.sql());
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
