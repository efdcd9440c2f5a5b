package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DatabaseClock;
import dev.partita.catalog.PinnedTransaction;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Lease;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.PlanRunner;
import dev.partita.execution.Run;
import dev.partita.plan.Outlook;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Turns a table into what it is declared to be, while everybody goes on working with it.
 *
 * <p>It looks, does what follows from that, and looks again; everything that it knows is in the database, so another process goes
 * on where this one ends. Only one at a time does. {@link #stop} may be called from any thread.
 */
public final class MigrationRunner {

    /** Everybody waits while we wait, so one try at the swap is shorter than others. */
    private static final Patience AT_THE_SWAP =
            new Patience(Duration.ofMillis(150), 1, Duration.ofMillis(50), Duration.ofMillis(300));

    /** So often the same step may fail before a person has to look. */
    private static final int MOST_FAILURES = 5;

    /** A swap also fails when the last changes cannot be brought over in time, and then may not the next time. */
    private static final int MOST_FAILED_SWAPS = 30;

    /** How the trouble begins that nobody can forgive. */
    private static final String DIFFERS = "the copy differs: ";

    private final DataSource dataSource;
    private final TableDeclaration declaration;
    private final DatabaseClock clock;
    private final int workers;
    private final Pace pace;
    private final MigrationListener listener;
    private final Set<PlanRunner> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * For the migration of one table.
     *
     * @param dataSource where connections come from, one more than workers
     * @param declaration what the table is to become
     * @param workers how many connections copy and build at the same time, from 1
     * @param listener follows it
     */
    public MigrationRunner(
            DataSource dataSource,
            TableDeclaration declaration,
            DatabaseClock clock,
            int workers,
            MigrationListener listener) {
        this(dataSource, declaration, clock, workers, Pace.BRISK, listener);
    }

    /**
     * For the migration of one table, at another pace.
     *
     * @param dataSource where connections come from, one more than workers
     * @param declaration what the table is to become
     * @param workers how many connections copy and build at the same time, from 1
     * @param pace how much is done at once
     * @param listener follows it
     */
    public MigrationRunner(
            DataSource dataSource,
            TableDeclaration declaration,
            DatabaseClock clock,
            int workers,
            Pace pace,
            MigrationListener listener) {
        this.dataSource = dataSource;
        this.declaration = declaration;
        this.clock = clock;
        this.workers = workers;
        this.pace = pace;
        this.listener = listener;
    }

    /** Asks it to end: statements in flight are cancelled and rolled back. The migration stays where it is. */
    public void stop() {
        stopped.countDown();
        running.forEach(PlanRunner::stop);
    }

    /** What stands against the migration, all of it; empty when it may begin. Changes nothing. */
    public List<Problem> obstacles() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            ObservationReader reader = new ObservationReader(connection, declaration);
            Optional<Source> source = reader.source();
            return source.isEmpty()
                    ? List.of(Problem.of(
                            ProblemCode.TABLE_MISSING,
                            declaration.name().sql(),
                            "does not exist, so there is nothing to migrate",
                            "partita apply makes it, where its CREATE TABLE is given under create:"))
                    : Obstacles.of(source.get(), reader.refusals(source.get()), declaration, reader.server());
        }
    }

    /**
     * Writes down that the table is to be migrated; {@link #run} does it, as fast as it can.
     *
     * @param held whether a person wants to say when the new table takes the old one's place
     * @throws PartitaException if something stands against it, or it was begun already
     */
    public Migration start(boolean held) throws SQLException {
        return start(held, Optional.empty(), Throttle.NONE);
    }

    /**
     * Writes down that the table is to be migrated; {@link #run} does it.
     *
     * @param held whether a person wants to say when the new table takes the old one's place
     * @param window the hours in which it may; empty for any
     * @param throttle how far it may burden the server
     * @throws PartitaException if something stands against it, or it was begun already
     */
    public Migration start(boolean held, Optional<CutoverWindow> window, Throttle throttle) throws SQLException {
        List<Problem> obstacles = obstacles();
        if (!obstacles.isEmpty()) {
            throw new PartitaException(obstacles);
        }
        try (Connection connection = dataSource.getConnection()) {
            ObservationReader reader = new ObservationReader(connection, declaration);
            if (reader.open().isPresent()) {
                throw new PartitaException(Problem.of(
                        ProblemCode.MIGRATION_OPEN,
                        declaration.name().sql(),
                        "is being migrated already",
                        "see how far it is: partita migrate status",
                        "go on with it: partita migrate resume " + declaration.name()));
            }
            Source source = reader.source().orElseThrow();
            execute(
                    connection,
                    Sql.of(
                            "INSERT INTO partita.migration (schema_name, table_name, source, road, phase, fingerprint, held)"
                                    + " VALUES ({}, {}, {}, 'copy', {}, {}, {})",
                            Literal.of(declaration.name().schema().name()),
                            Literal.of(declaration.name().name().name()),
                            Literal.of(source.table().oid()),
                            Literal.of(Phase.PREPARING.word()),
                            Literal.of(source.table().fingerprint().digest()),
                            Literal.of(held)));
            Migration begun = reader.open().orElseThrow();
            update(connection, begun, State.window(window));
            update(connection, begun, State.throttle(throttle));
            return reader.open().orElseThrow();
        }
    }

    private static void execute(Connection connection, Sql sql) throws SQLException {
        try (PinnedTransaction transaction =
                PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(30))) {
            transaction.statement().execute(sql.sql());
            transaction.commit();
        }
    }

    /** The migration of the table that has not ended. */
    public Optional<Migration> open() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new ObservationReader(connection, declaration).open();
        }
    }

    /**
     * Goes on until the migration is over, or a person has to say something, or it is stopped.
     *
     * @throws PartitaException LEASE_TAKEN if another process is at it; MIGRATION_UNKNOWN if none has begun
     */
    public Ending run() throws SQLException {
        try (Lease lease = lease()) {
            return run(lease);
        }
    }

    private Ending run(Fence fence) throws SQLException {
        int failures = 0;
        Optional<Ending> over = Optional.empty();
        while (true) {
            Optional<Observation> observed = observe();
            if (observed.isEmpty() && over.isPresent()) {
                return over.get();
            }
            Observation seen = observed.orElseThrow(this::unknown);
            Migration migration = seen.migration();
            listener.seen(Progress.of(seen));
            if (stopped.getCount() == 0) {
                return new Ending(
                        migration.phase(),
                        "stopped; partita migrate resume " + declaration.name() + " goes on",
                        Optional.empty());
            }
            if (migration.trouble().isPresent()) {
                return new Ending(
                        migration.phase(),
                        "a person has to look",
                        Optional.of(trouble(migration.trouble().get())));
            }
            if (migration.paused() && !migration.phase().isMirrored()) {
                return new Ending(
                        migration.phase(),
                        "paused; partita migrate resume " + declaration.name() + " goes on",
                        Optional.empty());
            }
            if (wasChanged(seen)) {
                String why = "the table was changed since it began";
                remember(migration, why);
                return new Ending(migration.phase(), "a person has to look", Optional.of(trouble(why)));
            }
            Work work = migration.paused()
                    ? Course.rest(seen, pace)
                    : Course.next(seen, failures > 0 ? pace.withTheWholeLog() : pace);
            if (work instanceof Work.Rest rest) {
                return new Ending(migration.phase(), rest.why(), Optional.empty());
            }
            if (work instanceof Work.Wait wait) {
                listener.waiting(wait.why());
                pause(wait.pause(), fence);
                continue;
            }
            Work.Do steps = (Work.Do) work;
            Optional<Run.Executed> notDone = run(steps, seen, fence);
            if (notDone.isEmpty()) {
                failures = 0;
                if (steps.steps().get(0) instanceof SwapBack) {
                    proveKeys(seen, fence);
                    over = Optional.of(
                            new Ending(Phase.ROLLED_BACK, "the old table is in its place again", Optional.empty()));
                }
                continue;
            }
            failures = notDone.get().outcome() instanceof Outcome.Blocked ? failures : failures + 1;
            Optional<Problem> lasting =
                    lasting(notDone.get().step(), notDone.get().outcome(), failures);
            if (lasting.isPresent()) {
                remember(migration, lasting.get().message());
                return new Ending(migration.phase(), "a person has to look", lasting);
            }
            pause(Duration.ofMillis(50 + ThreadLocalRandom.current().nextInt(250)), fence);
        }
    }

    /**
     * Gives a migration up before the new table is used, and takes away what it has made.
     *
     * @throws PartitaException MIGRATION_UNKNOWN if there is none, MIGRATION_OPEN if the new table is in use already
     */
    public Ending abort() throws SQLException {
        return end(
                phase -> !phase.isSwapped(),
                seen -> new Abort(seen.rewrite(), seen.migration().phase(), Course.because("somebody says so")),
                Phase.ABORTED,
                "the new table is in use already",
                "go back to the old one: partita migrate rollback " + declaration.name());
    }

    /**
     * Drops the old table.
     *
     * @throws PartitaException MIGRATION_UNKNOWN if there is none, MIGRATION_OPEN if the new table is not in use yet
     */
    public Ending finish() throws SQLException {
        return end(
                phase -> phase == Phase.SWAPPED,
                seen -> new Finish(seen.rewrite(), Course.because("somebody says that it is not needed any more")),
                Phase.FINISHED,
                "the new table is not in use yet",
                "go on: partita migrate resume " + declaration.name());
    }

    /**
     * Goes back to the old table, with everything that was written since the swap; can be stopped, and goes on with {@link #run}.
     *
     * @throws PartitaException MIGRATION_UNKNOWN if there is none, MIGRATION_OPEN if the new table is not in use
     */
    public Ending rollback() throws SQLException {
        try (Lease lease = lease()) {
            Observation seen = observe().orElseThrow(this::unknown);
            if (!seen.migration().phase().isSwapped()) {
                throw new PartitaException(Problem.of(
                        ProblemCode.MIGRATION_OPEN,
                        declaration.name().sql(),
                        "the new table is not in use yet",
                        "give the migration up: partita migrate abort " + declaration.name()));
            }
            if (seen.migration().phase() == Phase.SWAPPED) {
                run(
                        List.of(new Advance(
                                seen.rewrite(),
                                Phase.SWAPPED,
                                Phase.ROLLING_BACK,
                                new Sql(", settled = NULL"),
                                Course.because("somebody wants the old table back"))),
                        seen,
                        lease);
            }
            return run(lease);
        }
    }

    private Ending end(Predicate<Phase> may, Function<Observation, Step> ending, Phase after, String why, String wayOut)
            throws SQLException {
        try (Lease lease = lease()) {
            Observation seen = observe().orElseThrow(this::unknown);
            if (!may.test(seen.migration().phase())) {
                throw new PartitaException(Problem.of(
                        ProblemCode.MIGRATION_OPEN, declaration.name().sql(), why, wayOut));
            }
            Optional<Outcome> notDone =
                    run(List.of(ending.apply(seen)), seen, lease).map(Run.Executed::outcome);
            return new Ending(
                    notDone.isPresent() ? seen.migration().phase() : after,
                    notDone.isPresent() ? "it did not come through" : "it is over",
                    notDone.map(this::problem));
        }
    }

    /** Says whether the new table may take the old one's place by itself. */
    public void hold(boolean held) throws SQLException {
        update(open().orElseThrow(this::unknown), Sql.of("held = {}", Literal.of(held)));
    }

    /** Says in which hours it may; empty for any. */
    public void window(Optional<CutoverWindow> window) throws SQLException {
        update(open().orElseThrow(this::unknown), State.window(window));
    }

    /** Says how far it may burden the server, from the next piece on, whichever process works on it. */
    public void throttle(Throttle throttle) throws SQLException {
        update(open().orElseThrow(this::unknown), State.throttle(throttle));
    }

    /** Has nothing done until it is taken back; what is under way ends. */
    public void pause(boolean paused) throws SQLException {
        update(open().orElseThrow(this::unknown), Sql.of("paused = {}", Literal.of(paused)));
    }

    /** Forgets what it stopped for, because a person has looked; a copy that differs is not forgotten. */
    public void forgive() throws SQLException {
        update(
                open().orElseThrow(this::unknown),
                Sql.of("trouble = CASE WHEN starts_with(trouble, {}) THEN trouble END", Literal.of(DIFFERS)));
    }

    private Lease lease() throws SQLException {
        return Lease.take(dataSource, Migrations.lease(declaration.name()), "partita", Lease.DEFAULT_TERM);
    }

    private Problem problem(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.problem();
        }
        if (outcome instanceof Outcome.Blocked blocked) {
            return blocked.problem();
        }
        return outcome instanceof Outcome.Moved moved ? moved.problem() : trouble("a step was not done");
    }

    /** They hold for new rows already, and did for all others; if it does not come through, only the proof is missing. */
    private void proveKeys(Observation seen, Fence fence) throws SQLException {
        Reason again = Course.because("the old table has it again");
        Stream<Step> own = seen.source().keys().stream()
                .map(key -> new ProveForeignKey(seen.rewrite(), declaration.name(), key.name(), again));
        Stream<Step> others = seen.source().referencing().stream()
                .map(key -> new ProveForeignKey(seen.rewrite(), key.table(), key.name(), again));
        for (Step proof : Stream.concat(own, others).toList()) {
            Optional<CatalogTable> table = table();
            if (table.isPresent()) {
                run(List.of(proof), seen, table.get(), fence);
            }
        }
    }

    private Optional<CatalogTable> table() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new ObservationReader(connection, declaration).source().map(Source::table);
        }
    }

    /** What was copied from it has no such column, index or grant; afterwards the new table is what people change. */
    private static boolean wasChanged(Observation seen) {
        return !seen.migration().phase().isSwapped()
                && !seen.source()
                        .table()
                        .fingerprint()
                        .digest()
                        .equals(seen.migration().fingerprint());
    }

    private PartitaException unknown() {
        return unknown(declaration.name());
    }

    /** MIGRATION_UNKNOWN: nobody is migrating this table. */
    public static PartitaException unknown(TableName table) {
        return new PartitaException(Problem.of(
                ProblemCode.MIGRATION_UNKNOWN,
                table.sql(),
                "is not being migrated",
                "begin: partita migrate start " + table));
    }

    private Optional<Observation> observe() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            ObservationReader reader = new ObservationReader(connection, declaration);
            Optional<Migration> migration = reader.open();
            return migration.isEmpty()
                    ? Optional.empty()
                    : Optional.of(reader.observe(migration.get(), clock.now(connection)));
        }
    }

    /** What ends the whole: a comparison that fails, a table that was changed, or a step that does not succeed however often. */
    private Optional<Problem> lasting(Step step, Outcome outcome, int failures) {
        if (outcome instanceof Outcome.Skipped || outcome instanceof Outcome.Blocked) {
            return Optional.empty();
        }
        Problem problem = outcome instanceof Outcome.Failed failed
                ? failed.problem()
                : outcome instanceof Outcome.Moved moved ? moved.problem() : trouble("a step was not done");
        boolean comparison = step instanceof Verify && problem.code() == ProblemCode.STATEMENT_FAILED;
        if (comparison) {
            return Optional.of(Problem.of(
                    ProblemCode.COPY_DIFFERS,
                    declaration.name().sql(),
                    DIFFERS + problem.message(),
                    "the application goes on with the old table, which was not touched",
                    "give the migration up: partita migrate abort; and report it, this must not be"));
        }
        if (step instanceof SwapTables && problem.message().contains(Portrait.UNLIKE)) {
            return Optional.of(Problem.of(
                    ProblemCode.LIKENESS_DIFFERS,
                    declaration.name().sql(),
                    problem.message(),
                    "the application goes on with the old table, which was not touched",
                    "mend what differs, if somebody has changed the new table, and go on: partita migrate resume "
                            + declaration.name(),
                    "or give the migration up: partita migrate abort; and report it"));
        }
        return failures >= (atTheSwap(step) ? MOST_FAILED_SWAPS : MOST_FAILURES)
                ? Optional.of(problem)
                : Optional.empty();
    }

    private Problem trouble(String why) {
        return Migration.stopped(declaration.name(), why);
    }

    private void remember(Migration migration, String trouble) throws SQLException {
        update(migration, Sql.of("trouble = {}", Literal.of(trouble)));
    }

    private void update(Migration migration, Sql change) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            update(connection, migration, change);
        }
    }

    private static void update(Connection connection, Migration migration, Sql change) throws SQLException {
        execute(
                connection,
                Sql.of("UPDATE partita.migration SET {} WHERE id = {}", change, Literal.of(migration.id())));
    }

    /** Stands aside, and shows that it is still there. */
    private void pause(Duration pause, Fence fence) throws SQLException {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
        }
        try (Connection connection = dataSource.getConnection();
                PinnedTransaction transaction =
                        PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(10))) {
            fence.pass(connection);
            transaction.commit();
        }
    }

    /** Whether everybody waits for it, and it need not come through. */
    private static boolean atTheSwap(Step step) {
        return step instanceof SwapTables || step instanceof SwapBack || step instanceof MirrorChanges;
    }

    /** The first step that was not done, if any. */
    private Optional<Run.Executed> run(Work.Do work, Observation seen, Fence fence) {
        return work.beside()
                ? new Workers(workers, step -> run(List.of(step), seen, fence)).run(work.steps())
                : run(work.steps(), seen, fence);
    }

    /** One after the other, as one plan. */
    private Optional<Run.Executed> run(List<Step> steps, Observation seen, Fence fence) {
        return run(steps, seen, seen.source().table(), fence);
    }

    private Optional<Run.Executed> run(List<Step> steps, Observation seen, CatalogTable table, Fence fence) {
        Patience patience = atTheSwap(steps.get(0)) ? AT_THE_SWAP : Patience.KIND;
        PlanRunner runner = new PlanRunner(dataSource, patience, fence, listener, 1);
        running.add(runner);
        if (stopped.getCount() == 0) {
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
