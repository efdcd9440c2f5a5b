package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.catalog.Setting;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Concurrent;
import dev.partita.step.Identity;
import dev.partita.table.TableName;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements that make transactions of their own, such as {@code DETACH … CONCURRENTLY}. Settings cannot be theirs alone, so
 * they are the session's, from the first such statement on until this is closed, and are then put back; behind a pooler nothing is run.
 */
final class OwnTransactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnTransactions.class);

    /** Whoever has used the table for so long will make us wait, half-way. */
    private static final Duration OLD = Duration.ofSeconds(1);

    /** So long what was seen is believed. Whoever begins within it is not old at its end. */
    private static final Duration FRESH = Duration.ofMillis(100);

    private final InFlight inFlight;
    private final Map<TableName, Long> unusedAt = new HashMap<>();
    private @Nullable Session session;

    OwnTransactions(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** A connection whose settings are ours for a while. */
    private record Session(Connection connection, Sql restore) {

        static Session of(Connection connection) throws SQLException {
            Pooler.requireNone(connection);
            List<Setting> before = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet old = statement.executeQuery(
                            Setting.takeAway(Opening.session()).sql())) {
                old.next();
                for (Setting setting : Opening.session()) {
                    before.add(new Setting(setting.name(), old.getString(before.size() + 1)));
                }
            }
            return new Session(connection, Setting.giveBack(before));
        }

        /** A session that cannot be given back as it was is ended. */
        void end() {
            try {
                if (!connection.isClosed()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(restore.sql());
                    }
                }
            } catch (SQLException e) {
                LOG.warn("a connection whose settings could not be put back is closed: {}", e.getMessage());
                abort();
            }
        }

        private void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.warn("and it could not be closed: {}", e.getMessage());
            }
        }
    }

    /**
     * Runs it, when it is what is meant, and when nobody is about for whom it would have to wait.
     *
     * @param connection outside of a transaction; the one of the last call, unless that is broken
     * @throws SQLException with the SQLSTATE of a lock that was not available, if somebody is
     */
    void run(Concurrent step, Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        try {
            if (session == null || session.connection() != connection) {
                session = Session.of(connection);
            }
            look(step, connection);
            execute(step.sql().get(0), connection);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    @Override
    public void close() {
        Session used = session;
        session = null;
        if (used != null) {
            used.end();
        }
    }

    /** It has to be what is meant; somebody may be about. One question, because it is asked before each. */
    private void look(Concurrent step, Connection connection) throws SQLException {
        Optional<TableName> unused = step.unused().filter(table -> !isFresh(unusedAt.get(table)));
        long now = System.nanoTime();
        Sql question = Sql.of(
                "SELECT EXISTS ({}), {}",
                step.found(),
                unused.map(table -> Sql.of("EXISTS (SELECT FROM pg_locks l WHERE {})", usersOf(table)))
                        .orElse(new Sql("false")));
        boolean somebody;
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            ResultSet row = statement.executeQuery(question.sql());
            row.next();
            if (!row.getBoolean(1)) {
                throw new SQLException(step.elsewhere(), Identity.REFUSED);
            }
            somebody = row.getBoolean(2);
        }
        if (somebody) {
            requireNobodyOld(step.unused().orElseThrow(), connection);
        } else {
            unused.ifPresent(table -> unusedAt.put(table, now));
        }
    }

    private static boolean isFresh(@Nullable Long seen) {
        return seen != null && System.nanoTime() - seen < FRESH.toNanos();
    }

    private static Sql usersOf(TableName table) {
        return Sql.of(
                "l.relation = to_regclass({}) AND l.mode <> 'SIReadLock' AND l.pid IS DISTINCT FROM pg_backend_pid()",
                Literal.of(table.sql()));
    }

    /**
     * Nobody may have used the table in a transaction that is older than a moment. A role sees the ages of its own sessions only,
     * unless it may read all statistics; of others it sees that their transaction is there, and after that moment whether it
     * still is.
     */
    private void requireNobodyOld(TableName table, Connection connection) throws SQLException {
        Map<String, Optional<Duration>> about = about(table, connection);
        boolean old = about.values().stream().flatMap(Optional::stream).anyMatch(age -> age.compareTo(OLD) >= 0);
        if (!old && about.containsValue(Optional.<Duration>empty())) {
            inFlight.pause(OLD);
            Map<String, Optional<Duration>> still = about(table, connection);
            old = about.entrySet().stream()
                    .anyMatch(one -> one.getValue().isEmpty() && still.containsKey(one.getKey()));
        }
        if (old) {
            throw Failures.lockNotAvailable("it would have to wait for a transaction that has used " + table);
        }
    }

    /** The transactions that have used the table, and how old they are where that can be seen. */
    private static Map<String, Optional<Duration>> about(TableName table, Connection connection) throws SQLException {
        Sql question = Sql.of(
                "SELECT l.virtualtransaction, (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::bigint"
                        + " FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid WHERE {}",
                usersOf(table));
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

    private void execute(Sql sql, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            inFlight.run(statement, () -> statement.execute(sql.sql()));
        }
    }

    /** Whether an interrupted step has left something that is to be put right. */
    static boolean needs(Concurrent.Remedy remedy, Connection connection) throws SQLException {
        try (PinnedTransaction transaction =
                        PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(10));
                ResultSet needed =
                        transaction.statement().executeQuery(remedy.needed().sql())) {
            return needed.next() && needed.getBoolean(1);
        }
    }
}
