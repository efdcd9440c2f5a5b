package dev.partita.execution;

import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.PinnedTransaction;
import dev.partita.catalog.SessionSettings;
import dev.partita.catalog.Setting;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.CreateTable;
import dev.partita.step.Isolation;
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

    /** Statements travel with the next one whose answer we need: every trip to the server costs as much as a look at a table. */
    private final List<Sql> unsent = new ArrayList<>();

    private StepTransaction(Connection connection, InFlight inFlight) throws SQLException {
        this.connection = connection;
        this.inFlight = inFlight;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
    }

    static StepTransaction begin(
            Connection connection, InFlight inFlight, Isolation isolation, List<Setting> settings, Fence fence)
            throws SQLException {
        StepTransaction transaction = new StepTransaction(connection, inFlight);
        transaction.unsent.add(isolation.sql());
        transaction.unsent.add(Setting.all(settings));
        try {
            if (fence != Fence.NONE) {
                transaction.send();
                fence.pass(connection);
            }
        } catch (SQLException | PartitaException e) {
            transaction.close();
            throw e;
        }
        return transaction;
    }

    /** Takes the owner's rights and no more, and the locks under which the table is looked at. */
    void enter(TablePlan table, Step step, Identifier sessionUser) {
        unsent.addAll(Opening.rights(table, step, sessionUser));
        step.lock().ifPresent(unsent::add);
    }

    /** The state that the table is in now, looked at as before. */
    State again(TablePlan table, State before) throws SQLException {
        return look(table, before.oid(), before.look());
    }

    /** Does what the step prints. */
    void change(Step step) {
        unsent.addAll(step.sql());
    }

    /** Writes our own lines, with our own rights; they travel with what the step does. */
    void note(List<Sql> lines, TablePlan table, Identifier sessionUser) {
        if (lines.isEmpty()) {
            return;
        }
        unsent.addAll(Opening.ownRights(table, sessionUser));
        unsent.addAll(lines);
        unsent.addAll(Opening.ownersRights(table, sessionUser));
    }

    /** What the last statement said. */
    Optional<String> answer() throws SQLException {
        return send();
    }

    /** The state in which we leave the table; the old one where nobody will ask. */
    State left(TablePlan table, State before, Optional<State.Look> look) throws SQLException {
        if (look.isEmpty() && !before.isAbsent()) {
            send();
            return before;
        }
        return look(table, before.oid(), look.orElse(State.Look.STAMP));
    }

    private State look(TablePlan table, long oid, State.Look look) throws SQLException {
        long found = oid == 0 ? lookUp(table) : oid;
        if (found == 0) {
            return State.absent();
        }
        if (look == State.Look.STAMP) {
            unsent.add(CatalogReader.stampQuery(found));
            return send().map(digest -> new State(found, look, digest)).orElseGet(State::absent);
        }
        unsent.add(Setting.all(SessionSettings.LOOK_INTO_INDEXES));
        send();
        return State.planned(found, new CatalogReader().fingerprint(connection, found));
    }

    private long lookUp(TablePlan table) throws SQLException {
        unsent.add(Sql.of(
                "SELECT to_regclass({})::oid::bigint", Literal.of(table.name().sql())));
        return send().map(Long::parseLong).orElse(0L);
    }

    /** Commits something that the server has to write down, and with it everything that was committed before. */
    static void flush(Connection connection) throws SQLException {
        try (PinnedTransaction transaction =
                PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofMinutes(1))) {
            transaction.statement().execute("SET LOCAL synchronous_commit = on; SELECT pg_current_xact_id()");
            transaction.commit();
        }
    }

    /** The user's own statement may have made something else than it was declared for. */
    static Optional<Problem> wrongTable(Step step, State after) {
        return step instanceof CreateTable && after.isAbsent()
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

    /** What has to hold in this moment travels with the commit, so that there is next to no moment between the two. */
    void commit(Step step) throws SQLException {
        if (step.beforeCommit().isEmpty()) {
            commit();
            return;
        }
        unsent.add(step.beforeCommit().get());
        unsent.add(new Sql("COMMIT"));
        send();
    }

    /**
     * Sends what has been said; it travels together, and the server runs it in order.
     *
     * @return the last column of the last row that came back; empty for NULL
     */
    private Optional<String> send() throws SQLException {
        String together = unsent.stream().map(Sql::sql).collect(Collectors.joining(";\n"));
        unsent.clear();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            inFlight.run(statement, () -> statement.execute(together));
            return lastAnswer(statement);
        }
    }

    private static Optional<String> lastAnswer(Statement statement) throws SQLException {
        Optional<String> last = Optional.empty();
        do {
            ResultSet result = statement.getResultSet();
            if (result != null) {
                last = result.next()
                        ? Optional.ofNullable(
                                result.getString(result.getMetaData().getColumnCount()))
                        : Optional.empty();
            }
        } while (statement.getMoreResults() || statement.getUpdateCount() != -1);
        return last;
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
