package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DatabaseClock;
import dev.partita.catalog.PinnedTransaction;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.InFlight;
import dev.partita.execution.Lease;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.plan.Outlook;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Where one migration is worked on: looks, runs steps, writes down, stands aside. Thread-safe. */
final class Worksite {

    /** Everybody waits while we wait, so one try at the swap is shorter than others. */
    private static final Patience AT_THE_SWAP =
            new Patience(Duration.ofMillis(150), 1, Duration.ofMillis(50), Duration.ofMillis(300));

    private final DataSource dataSource;
    private final TableDeclaration declaration;
    private final DatabaseClock clock;
    private final MigrationListener listener;
    private final Set<PlanRunner> running = ConcurrentHashMap.newKeySet();
    private final InFlight inFlight = new InFlight();

    Worksite(DataSource dataSource, TableDeclaration declaration, DatabaseClock clock, MigrationListener listener) {
        this.dataSource = dataSource;
        this.declaration = declaration;
        this.clock = clock;
        this.listener = new OneAtATime(listener);
    }

    TableName table() {
        return declaration.name();
    }

    TableDeclaration declaration() {
        return declaration;
    }

    MigrationListener listener() {
        return listener;
    }

    void stop() {
        inFlight.stop();
        running.forEach(PlanRunner::stop);
    }

    boolean stopped() {
        return inFlight.stopped();
    }

    /** Has somebody look; what he is looking for is given up when it is to end. */
    <T> T look(Look<T> look) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return look.at(
                    new ObservationReader(
                            connection, declaration, (statement, work) -> inFlight.run(statement, work::run)),
                    connection);
        }
    }

    /**
     * Looks at the database.
     *
     * @param <T> what it sees
     */
    @FunctionalInterface
    interface Look<T> {
        T at(ObservationReader reader, Connection connection) throws SQLException;
    }

    /** The migration that has not ended. */
    Optional<Migration> open() throws SQLException {
        return look((reader, connection) -> reader.open());
    }

    /** Everything that is to be known for the next decision; empty when no migration is under way. */
    Optional<Observation> observe() throws SQLException {
        return look((reader, connection) -> {
            Optional<Migration> migration = reader.open();
            return migration.isEmpty()
                    ? Optional.empty()
                    : Optional.of(reader.observe(migration.get(), clock.now(connection)));
        });
    }

    /** Tries it all out on an empty copy of the table. */
    Rehearsed rehearse(ObservationReader.Before before) throws SQLException {
        return look((reader, connection) -> reader.rehearse(before, clock.now(connection)));
    }

    /** Leads the migration from here on. */
    Lease lease() throws SQLException {
        return Lease.take(dataSource, Migrations.lease(declaration.name()), whoWeAre(), Lease.DEFAULT_TERM);
    }

    /** {@code partita by shop_owner, process 4711 on db-tools}. */
    private String whoWeAre() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PinnedTransaction transaction = begin(connection);
                ResultSet row = transaction
                        .statement()
                        .executeQuery(
                                "SELECT coalesce(nullif(current_setting('application_name'), ''), 'partita') || ' by ' || session_user")) {
            row.next();
            return row.getString(1) + ", process " + ProcessHandle.current().pid() + " on " + host();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }

    /** Writes something down about a migration, unless somebody else works on it by now. */
    void update(Migration migration, Sql change, Fence fence) throws SQLException {
        execute(Sql.of("UPDATE partita.migration SET {} WHERE id = {}", change, Literal.of(migration.id())), fence);
    }

    void execute(Sql sql, Fence fence) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PinnedTransaction transaction = begin(connection)) {
            fence.pass(connection);
            transaction.statement().execute(sql.sql());
            transaction.commit();
        }
    }

    private static PinnedTransaction begin(Connection connection) throws SQLException {
        return PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /** Stands aside, and shows that it is still there. */
    void pause(Duration pause, Fence fence) throws SQLException {
        inFlight.pause(pause);
        if (stopped()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PinnedTransaction transaction = begin(connection)) {
            fence.pass(connection);
            transaction.commit();
        }
    }

    /** Stands aside when there is nobody to show it to. */
    void standAside(Duration pause) {
        inFlight.pause(pause);
    }

    /** One after the other, as one plan; the first step that was not done, if any. */
    Optional<Run.Executed> run(List<Step> steps, Observation seen, CatalogTable table, Fence fence) {
        Patience patience = atTheSwap(steps.get(0)) ? AT_THE_SWAP : Patience.KIND;
        PlanRunner runner = new PlanRunner(dataSource, patience, fence, listener, 1);
        running.add(runner);
        if (stopped()) {
            runner.stop();
        }
        try {
            return runner.run(plan(steps, seen, table)).steps().stream()
                    .filter(executed -> !executed.outcome().done())
                    .findFirst();
        } finally {
            running.remove(runner);
        }
    }

    /** Whether everybody waits for it, and it need not come through. */
    static boolean atTheSwap(Step step) {
        return step instanceof SwapTables || step instanceof SwapBack || step instanceof MirrorChanges;
    }

    private Plan plan(List<Step> steps, Observation seen, CatalogTable table) {
        TablePlan plan = new TablePlan(
                declaration,
                table.oid(),
                Optional.of(table.likeness().owner()),
                table.fingerprint(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Outlook(List.of(), List.of(), List.of()),
                Optional.empty(),
                steps,
                List.of());
        return new Plan(seen.now(), seen.catalog().server(), List.of(plan));
    }
}
