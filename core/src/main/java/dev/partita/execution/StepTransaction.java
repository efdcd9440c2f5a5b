package dev.partita.execution;

import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.Fingerprint;
import dev.partita.catalog.PinnedTransaction;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.CreateTable;
import dev.partita.step.Step;
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
 * One try at one step: settings, fence, the owner's rights, advisory lock, the parent's lock, a look whether the table is as
 * planned, the step's statements, commit. Closing it without commit rolls back.
 */
final class StepTransaction implements AutoCloseable {

    private final Connection connection;
    private final InFlight inFlight;
    private final boolean autoCommit;

    private StepTransaction(Connection connection, InFlight inFlight) throws SQLException {
        this.connection = connection;
        this.inFlight = inFlight;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
    }

    static StepTransaction begin(Connection connection, InFlight inFlight, List<Sql> settings, Fence fence)
            throws SQLException {
        StepTransaction transaction = new StepTransaction(connection, inFlight);
        try {
            transaction.execute(settings);
            fence.pass(connection);
        } catch (SQLException | PartitaException e) {
            transaction.close();
            throw e;
        }
        return transaction;
    }

    /** Takes the owner's rights and no more, and the locks under which the table is looked at. */
    void enter(TablePlan table, Step step, Identifier sessionUser) throws SQLException {
        List<Sql> statements = new ArrayList<>(Opening.rights(table, sessionUser));
        step.lock().ifPresent(statements::add);
        execute(statements);
    }

    /** The state that the table is in now. */
    State state(TablePlan table, long oid, CatalogReader reader) throws SQLException {
        long found = oid == 0 ? lookUp(table) : oid;
        return found == 0 ? new State(0, Fingerprint.ABSENT) : new State(found, reader.fingerprint(connection, found));
    }

    /**
     * A state of a table.
     *
     * @param oid the table's identity, 0 if it does not exist
     * @param fingerprint what it looks like
     */
    record State(long oid, Fingerprint fingerprint) {}

    private long lookUp(TablePlan table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(
                    "SELECT coalesce(to_regclass(" + Literal.of(table.name().sql()) + ")::oid::bigint, 0)")) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Commits something that the server has to write down, and with it everything that was committed before. */
    static void flush(Connection connection) throws SQLException {
        try (PinnedTransaction transaction =
                PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofMinutes(1))) {
            transaction.statement().execute("SET LOCAL synchronous_commit = on; SELECT pg_current_xact_id()");
            transaction.commit();
        }
    }

    /** Does what the step prints. */
    void change(Step step) throws SQLException {
        execute(step.sql());
    }

    /** The user's own statement may have made something else than it was declared for. */
    static Optional<Problem> wrongTable(Step step, State after) {
        return step instanceof CreateTable && after.oid() == 0
                ? Optional.of(Problem.of(
                        ProblemCode.CREATE_SQL_INVALID,
                        step.table().sql(),
                        "its create: statement made a table of another name",
                        "name " + step.table() + " in the statement; nothing was changed"))
                : Optional.empty();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Several statements at once: they travel together, and the server runs them in order. */
    private void execute(List<Sql> statements) throws SQLException {
        String together = statements.stream().map(Sql::sql).collect(Collectors.joining(";\n"));
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            inFlight.run(statement, () -> statement.execute(together));
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        connection.rollback();
        connection.setAutoCommit(autoCommit);
    }
}
