package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.DetachConcurrently;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Nobody may have used the table in a transaction that is older than a moment. A role sees the ages of its own sessions only,
     * unless it may read all statistics; of others it sees that their transaction is there, and after that moment whether it
     * still is.
     */
    private void requireNobodyOld(DetachConcurrently step) throws SQLException {
        Map<String, Optional<Duration>> about = about(step);
        boolean old = about.values().stream().flatMap(Optional::stream).anyMatch(age -> age.compareTo(OLD) >= 0);
        if (!old && about.containsValue(Optional.<Duration>empty())) {
            inFlight.pause(OLD);
            Map<String, Optional<Duration>> still = about(step);
            old = about.entrySet().stream()
                    .anyMatch(one -> one.getValue().isEmpty() && still.containsKey(one.getKey()));
        }
        if (old) {
            throw Failures.lockNotAvailable("it would have to wait for a transaction that has used " + step.parent());
        }
    }

    /** The transactions that have used the table, and how old they are where that can be seen. */
    private Map<String, Optional<Duration>> about(DetachConcurrently step) throws SQLException {
        Sql question = Sql.of(
                "SELECT l.virtualtransaction, (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start) * 1000)::bigint"
                        + " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
                        + " WHERE l.relation = pg_catalog.to_regclass({}) AND l.mode <> 'SIReadLock'"
                        + " AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()",
                Literal.of(step.parent().sql()));
        Map<String, Optional<Duration>> about = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question.sql())) {
            while (row.next()) {
                Optional<Duration> age =
                        Optional.ofNullable(row.getObject(2, Long.class)).map(Duration::ofMillis);
                about.put(row.getString(1), age);
            }
        }
        return about;
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
                                        Literal.of(step.relation().sql()))
                                .sql())) {
            return pending.next() && pending.getBoolean(1);
        }
    }
}
