package dev.partita.execution;

import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.Fingerprint;
import dev.partita.catalog.SessionSettings;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.CreateTable;
import dev.partita.step.Step;
import dev.partita.step.ValidateExclusion;
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

    /** Nothing but a proof over a large DEFAULT takes longer than moments once it has its locks. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

    /** The first half of our advisory locks, so that they meet nobody else's. */
    private static final int ADVISORY_SPACE = 0x70617274;

    private final Connection connection;
    private final InFlight inFlight;
    private final boolean autoCommit;

    private StepTransaction(Connection connection, InFlight inFlight) throws SQLException {
        this.connection = connection;
        this.inFlight = inFlight;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
    }

    static StepTransaction begin(Connection connection, InFlight inFlight, Duration lockTimeout, Fence fence, Step step)
            throws SQLException {
        StepTransaction transaction = new StepTransaction(connection, inFlight);
        try {
            Duration statementTimeout = step instanceof ValidateExclusion ? Duration.ZERO : STATEMENT_TIMEOUT;
            transaction.execute(SessionSettings.PINNED + ";\n"
                    + SessionSettings.limits(lockTimeout, statementTimeout) + ";\n"
                    + "SET LOCAL idle_in_transaction_session_timeout = '1min';\n"
                    + "SET LOCAL application_name = 'partita'");
            fence.pass(connection);
        } catch (SQLException | PartitaException e) {
            transaction.close();
            throw e;
        }
        return transaction;
    }

    /** Takes the owner's rights and no more, and the locks under which the table is looked at. */
    void enter(TablePlan table, Step step, Identifier sessionUser) throws SQLException {
        List<String> statements = new ArrayList<>();
        table.owner()
                .filter(owner -> !owner.equals(sessionUser))
                .ifPresent(owner ->
                        statements.add(Sql.of("SET LOCAL ROLE {}", owner).sql()));
        statements.add("SELECT pg_advisory_xact_lock(" + ADVISORY_SPACE + ", hashtext("
                + Literal.of(table.name().sql()) + "))");
        step.lock().ifPresent(lock -> statements.add(lock.sql()));
        execute(String.join(";\n", statements));
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

    /** Does what the step prints. */
    void change(Step step) throws SQLException {
        execute(step.sql().stream().map(Sql::sql).collect(Collectors.joining(";\n")));
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
    private void execute(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            inFlight.run(statement, () -> statement.execute(statements));
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
