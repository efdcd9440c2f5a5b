package dev.partita;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.DatabaseClock;
import dev.partita.catalog.Questions;
import dev.partita.declaration.Declarations;
import dev.partita.execution.Fence;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.Planner;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * Keeps declared tables partitioned: {@code Partita.of(dataSource, declarations).apply()}.
 *
 * <p>Connections come from the data source, one at a time, and go back as they came: no session setting is left behind, so a
 * pool or a pooler in transaction mode is fine. Safe for use by several threads.
 */
public final class Partita {

    private final DataSource dataSource;
    private final Declarations declarations;
    private final DatabaseClock clock;
    private final Patience patience;

    private Partita(DataSource dataSource, Declarations declarations, DatabaseClock clock, Patience patience) {
        this.dataSource = dataSource;
        this.declarations = declarations;
        this.clock = clock;
        this.patience = patience;
    }

    /** For these tables, with the server's clock and kind patience. */
    public static Partita of(DataSource dataSource, Declarations declarations) {
        return new Partita(dataSource, declarations, DatabaseClock.server(), Patience.KIND);
    }

    /** The same with other patience. */
    public Partita with(Patience otherPatience) {
        return new Partita(dataSource, declarations, clock, otherPatience);
    }

    /** The same with another clock; for tests. */
    public Partita with(DatabaseClock otherClock) {
        return new Partita(dataSource, declarations, otherClock, patience);
    }

    /**
     * What has to happen now. Changes nothing, and waits for no lock longer than a moment.
     *
     * @throws SQLException if the database cannot be read
     */
    public Plan plan() throws SQLException {
        return plan(List.of());
    }

    /** What has to happen now, with what is asked for besides the declaration. */
    public Plan plan(List<Window> windows) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Instant now = clock.now(connection);
            return plan(connection, now, windows);
        }
    }

    /** What would have to happen at an instant: for comparing a saved plan, and for looking ahead. */
    public Plan planAt(Instant instant) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return plan(connection, instant, List.of());
        }
    }

    private Plan plan(Connection connection, Instant now, List<Window> windows) throws SQLException {
        CatalogReader reader = new CatalogReader();
        Catalog catalog = reader.read(connection, declarations.tables());
        Questions questions = Planner.questions(declarations, catalog, now, windows);
        if (!questions.isEmpty()) {
            catalog = catalog.with(reader.answer(connection, questions));
        }
        return Planner.plan(declarations, catalog, now, windows);
    }

    /** Plans and runs, once. */
    public Run apply() throws SQLException {
        return run(plan(), RunListener.NONE);
    }

    /** Runs a plan, exactly as it prints. */
    public Run run(Plan plan, RunListener listener) {
        return runner(listener).run(plan);
    }

    /** A runner that can be stopped. */
    public PlanRunner runner(RunListener listener) {
        return new PlanRunner(dataSource, patience, Fence.NONE, listener);
    }

    /**
     * Makes sure that a table has a partition for an instant, whatever is declared ahead.
     *
     * @throws PartitaException if the table is not declared
     */
    public Run ensure(TableName table, Instant instant) throws SQLException {
        return ensure(new Window.Instants(table, instant, instant));
    }

    /**
     * Makes sure that a table has partitions for a stretch of its key: for importers and back-dated writers.
     *
     * @throws PartitaException if the table is not declared
     */
    public Run ensure(Window window) throws SQLException {
        declarations.only(List.of(window.table()));
        return run(plan(List.of(window)), RunListener.NONE);
    }
}
