package dev.partita;

import dev.partita.adoption.Adoption;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.DatabaseClock;
import dev.partita.catalog.Questions;
import dev.partita.check.Check;
import dev.partita.check.CheckReader;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.Stretch;
import dev.partita.execution.Fence;
import dev.partita.execution.Lease;
import dev.partita.execution.PartitionListener;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.execution.StateSchema;
import dev.partita.plan.Plan;
import dev.partita.plan.Planner;
import dev.partita.plan.Request;
import dev.partita.plan.TimeOver;
import dev.partita.plan.Window;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.report.Status;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps declared tables partitioned: {@code Partita.of(dataSource, declarations).apply()}.
 *
 * <p>Connections come from the data source, one at a time unless {@linkplain #withConnections more} are asked for, and go back as
 * they came: no session setting is left behind, so a pool or a pooler in transaction mode is fine. Safe for use by several threads.
 */
public final class Partita {

    private static final Logger LOG = LoggerFactory.getLogger(Partita.class);

    /** So often somebody else may change a table under our plan before we leave it to them. */
    private static final int ROUNDS = 3;

    /** So long a listener may think. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final Declarations declarations;
    private final DatabaseClock clock;
    private final Patience patience;
    private final int connections;
    private final List<PartitionListener> asked;
    private final Duration answerWithin;

    private Partita(
            DataSource dataSource,
            Declarations declarations,
            DatabaseClock clock,
            Patience patience,
            int connections,
            List<PartitionListener> asked,
            Duration answerWithin) {
        this.dataSource = dataSource;
        this.declarations = declarations;
        this.clock = clock;
        this.patience = patience;
        this.connections = connections;
        this.asked = asked;
        this.answerWithin = answerWithin;
    }

    /** For these tables, with the server's clock and kind patience. */
    public static Partita of(DataSource dataSource, Declarations declarations) {
        return new Partita(
                dataSource, declarations, DatabaseClock.server(), Patience.KIND, 1, List.of(), ANSWER_WITHIN);
    }

    /** The same with other patience. */
    public Partita with(Patience otherPatience) {
        return new Partita(dataSource, declarations, clock, otherPatience, connections, asked, answerWithin);
    }

    /** The same with another clock; for tests. */
    public Partita with(DatabaseClock otherClock) {
        return new Partita(dataSource, declarations, otherClock, patience, connections, asked, answerWithin);
    }

    /**
     * The same on several connections: as many tables get their partitions at the same time. One is usual in a library, because
     * a pool may have no other to give; where it has fewer than asked for, the run goes on with those that come.
     *
     * @param atOnce how many connections may be in use at a time, from 1
     */
    public Partita withConnections(int atOnce) {
        return new Partita(dataSource, declarations, clock, patience, atOnce, asked, answerWithin);
    }

    /**
     * The same with somebody who is asked before something happens to a partition, and told afterwards.
     *
     * @param listener comes after those that are asked already; the first veto decides
     */
    public Partita asking(PartitionListener listener) {
        List<PartitionListener> all =
                Stream.concat(asked.stream(), Stream.of(listener)).toList();
        return new Partita(dataSource, declarations, clock, patience, connections, all, answerWithin);
    }

    /** The same with another limit for each call of a listener, 10 seconds as a rule. */
    public Partita withAnswersWithin(Duration limit) {
        return new Partita(dataSource, declarations, clock, patience, connections, asked, limit);
    }

    /**
     * What has to happen now. Changes nothing, and waits for no lock longer than a moment.
     *
     * @throws SQLException if the database cannot be read
     */
    public Plan plan() throws SQLException {
        return plan(Request.NONE);
    }

    /** What has to happen now, with what is asked for besides the declaration. */
    public Plan plan(Request request) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Instant now = clock.now(connection);
            Catalog catalog = new CatalogReader().read(connection, declarations.tables());
            return plan(answered(connection, catalog, now, request), now, request);
        }
    }

    /**
     * What would have to happen at an instant: for comparing a saved plan, and for looking ahead.
     *
     * @param cursors where tables of numbers were at that instant; what is missing is where it is now
     */
    public Plan planAt(Instant instant, Request request, Map<TableName, RangeLimit> cursors) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Catalog catalog = new CatalogReader().read(connection, declarations.tables());
            return plan(answered(connection, catalog.at(cursors), instant, request), instant, request);
        }
    }

    /** How the tables are: what they hold, how far they reach, what happens next. */
    public Status status() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Instant now = clock.now(connection);
            CatalogReader reader = new CatalogReader();
            Catalog catalog = answered(connection, reader.read(connection, declarations.tables()), now, Request.NONE);
            return Status.of(plan(catalog, now, Request.NONE), catalog, reader.sizes(connection, catalog));
        }
    }

    /**
     * Whether the time of a partition is over, by the server's clock, and has been for a while: for pipelines that export it.
     *
     * <p>What it cannot know: rows that come late are still taken, as long as the partition is there, and a transaction that has
     * begun before may commit into it afterwards. {@code settle} is for both.
     *
     * @param partition a partition of a declared table, or one further below; a retired one is none any more
     * @param settle how long its end must have passed
     * @return false for what has no end in time: DEFAULT, and partitions by numbers that are no time, by list or by hash
     * @throws PartitaException TABLE_UNKNOWN if no declared table has such a partition
     */
    public boolean closed(TableName partition, Duration settle) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Instant then = clock.now(connection).minus(settle);
            Catalog catalog = new CatalogReader().read(connection, declarations.tables());
            return TimeOver.closed(declarations, catalog, partition, then)
                    .orElseThrow(() -> new PartitaException(Problem.of(
                            ProblemCode.TABLE_UNKNOWN,
                            partition.sql(),
                            "is no partition of a declared table",
                            "name one as partita status shows it")));
        }
    }

    /** Declarations for everything that is partitioned in a database already; as far as can be, the plan for them is empty. */
    public static Adoption adopt(DataSource dataSource, DatabaseClock clock) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Instant now = clock.now(connection);
            CatalogReader reader = new CatalogReader();
            Adoption first = Adoption.of(reader.discover(connection), now);
            return first.again(reader.read(connection, first.declarations().tables()), now);
        }
    }

    /** How the partitioned tables of a database are, declared or not. Changes nothing, and waits for nobody's lock. */
    public static Check check(DataSource dataSource, DatabaseClock clock, CheckReader reader) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return reader.read(connection, clock.now(connection));
        }
    }

    private Plan plan(Catalog catalog, Instant now, Request request) {
        return Planner.plan(declarations, catalog, now, request);
    }

    private Catalog answered(Connection connection, Catalog catalog, Instant now, Request request) throws SQLException {
        Questions questions = Planner.questions(declarations, catalog, now, request);
        return questions.isEmpty() ? catalog : catalog.with(new CatalogReader().answer(connection, questions));
    }

    /**
     * Plans and runs, under the lease where the state schema is installed; plans again when somebody else changed a table
     * meanwhile.
     *
     * @return what was done in all rounds, and what was not in the last
     * @throws PartitaException LEASE_TAKEN if another runner is at work
     */
    public Run apply() throws SQLException {
        return apply(Request.NONE);
    }

    private Run apply(Request request) throws SQLException {
        try (Closing lease = lease()) {
            Run run = run(plan(request), lease.fence());
            for (int again = 1; again < ROUNDS && run.moved(); again++) {
                run = run(plan(request), lease.fence()).after(run);
            }
            return run;
        }
    }

    /**
     * Runs a plan exactly as it prints, under the lease where the state schema is installed.
     *
     * @return what became of each step; a table that has changed since the plan was made is left alone
     * @throws PartitaException LEASE_TAKEN if another runner is at work
     */
    public Run run(Plan plan, RunListener listener) throws SQLException {
        try (Closing lease = lease()) {
            return runner(lease.fence(), listener).run(plan);
        }
    }

    private Run run(Plan plan, Fence fence) {
        return runner(fence, RunListener.NONE).run(plan);
    }

    /**
     * Takes the lease, so that nobody else changes partitions until it is closed.
     *
     * @param holder who we are, for others to read
     * @return empty where the state schema is not installed; then each step's advisory lock and its look at the table have to do
     * @throws PartitaException LEASE_TAKEN if another runner is at work; STATE_SCHEMA_UNFIT if the schema is there and cannot be
     *     used, upon which one should go on with {@link Fence#NONE} and raise an alarm
     */
    public Optional<Lease> takeLease(String holder) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (StateSchema.version(connection).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(Lease.take(dataSource, holder, Lease.DEFAULT_TERM));
    }

    /** Creating the future depends on nothing else, so a state schema that cannot be used only raises an alarm. */
    private Closing lease() throws SQLException {
        try {
            return new Closing(takeLease("partita library"));
        } catch (PartitaException e) {
            if (e.problems().get(0).code() != ProblemCode.STATE_SCHEMA_UNFIT) {
                throw e;
            }
            LOG.warn("going on without the lease: {}", e.getMessage());
            return new Closing(Optional.empty());
        }
    }

    private record Closing(Optional<Lease> lease) implements AutoCloseable {
        Fence fence() {
            return lease.<Fence>map(taken -> taken).orElse(Fence.NONE);
        }

        @Override
        public void close() throws SQLException {
            if (lease.isPresent()) {
                lease.get().close();
            }
        }
    }

    /** A runner that passes this fence in each step and can be stopped. */
    public PlanRunner runner(Fence fence, RunListener listener) {
        return new PlanRunner(dataSource, patience, fence, listener, connections, asked, answerWithin);
    }

    /**
     * Makes sure that a table has a partition for an instant, whatever is declared ahead.
     *
     * @throws PartitaException if the table is not declared
     */
    public Run ensure(TableName table, Instant instant) throws SQLException {
        return ensure(new Window(table, new Stretch.Instants(instant, instant)));
    }

    /**
     * Makes sure that a table has partitions for a stretch of its key: for importers and back-dated writers.
     *
     * @throws PartitaException if the table is not declared
     */
    public Run ensure(Window window) throws SQLException {
        declarations.only(List.of(window.table()));
        return apply(Request.of(List.of(window)));
    }
}
