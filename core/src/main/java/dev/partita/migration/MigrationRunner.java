package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.execution.Fence;
import dev.partita.execution.Lease;
import dev.partita.execution.Outcome;
import dev.partita.execution.Run;
import dev.partita.execution.StateSchema;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a table into what it is declared to be, while everybody goes on working with it.
 *
 * <p>It looks, does what follows from that, and looks again; everything that it knows is in the database, so another process goes
 * on where this one ends. Only one at a time does. {@link #stop} may be called from any thread.
 */
public final class MigrationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationRunner.class);

    private final Worksite site;
    private final int workers;
    private final Pace pace;

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
        this.site = new Worksite(dataSource, declaration, clock, listener);
        this.workers = workers;
        this.pace = pace;
    }

    /** Asks it to end: statements in flight are cancelled and rolled back. The migration stays where it is. */
    public void stop() {
        site.stop();
    }

    /** What stands against the migration, all of it; empty when it may begin. Changes nothing. */
    public List<Problem> obstacles() throws SQLException {
        return obstacles(site.look((reader, connection) -> reader.before()));
    }

    private List<Problem> obstacles(ObservationReader.Before before) {
        return before.source()
                .map(source -> Obstacles.of(source, before.refusals(), site.declaration(), before.server()))
                .orElseGet(() -> List.of(Problem.of(
                        ProblemCode.TABLE_MISSING,
                        site.table().sql(),
                        "does not exist, so there is nothing to migrate",
                        "partita apply makes it, where its CREATE TABLE is given under create:")));
    }

    /**
     * Goes the whole way, there and back, on an empty copy of the table, and takes everything back. Locks: ACCESS SHARE on the table
     * and those that it references.
     *
     * @throws PartitaException if something stands against the migration
     */
    public Rehearsed rehearse() throws SQLException {
        ObservationReader.Before before = site.look((reader, connection) -> reader.before());
        List<Problem> obstacles = obstacles(before);
        if (!obstacles.isEmpty()) {
            throw new PartitaException(obstacles);
        }
        return site.rehearse(before);
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
        ObservationReader.Before before = site.look((reader, connection) -> reader.before());
        if (before.server().stateSchema().orElse(0) >= StateSchema.WITH_MIGRATIONS && open().isPresent()) {
            throw new PartitaException(Problem.of(
                    ProblemCode.MIGRATION_OPEN,
                    site.table().sql(),
                    "is being migrated already",
                    "see how far it is: partita migrate status",
                    "go on with it: partita migrate resume " + site.table()));
        }
        List<Problem> obstacles = obstacles(before);
        if (!obstacles.isEmpty()) {
            throw new PartitaException(obstacles);
        }
        site.rehearse(before).failed().ifPresent(failed -> {
            throw new PartitaException(failed);
        });
        CatalogTable source = before.source().orElseThrow().table();
        site.execute(
                Sql.of(
                        "INSERT INTO partita.migration (schema_name, table_name, source, road, phase, fingerprint, held)"
                                + " VALUES ({}, {}, {}, 'copy', {}, {}, {})",
                        Literal.of(site.table().schema().name()),
                        Literal.of(site.table().name().name()),
                        Literal.of(source.oid()),
                        Literal.of(Phase.PREPARING.word()),
                        Literal.of(source.fingerprint().digest()),
                        Literal.of(held)),
                Fence.NONE);
        window(window);
        throttle(throttle);
        return open().orElseThrow();
    }

    /** The migration of the table that has not ended. */
    public Optional<Migration> open() throws SQLException {
        return site.open();
    }

    /**
     * Goes on until the migration is over, or a person has to say something, or it is stopped. A server that is gone is waited for,
     * for ten minutes.
     *
     * @throws PartitaException LEASE_TAKEN if another process is at it; LEASE_LOST if another has taken over; MIGRATION_UNKNOWN if
     *     none has begun
     */
    public Ending run() throws SQLException {
        return led(this::run);
    }

    private Ending run(Fence fence) throws SQLException {
        return new Journey(site, workers, pace, fence).go();
    }

    /** Gives the lease back afterwards; if the server is gone by then it runs out by itself. */
    private Ending led(Led work) throws SQLException {
        Lease lease = site.lease();
        try {
            return work.under(lease);
        } finally {
            try {
                lease.close();
            } catch (SQLException e) {
                LOG.debug("the lease runs out by itself: {}", e.getMessage());
            }
        }
    }

    /** What only one process does. */
    @FunctionalInterface
    private interface Led {
        Ending under(Fence fence) throws SQLException;
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
                "go back to the old one: partita migrate rollback " + site.table());
    }

    /**
     * Does what is left to do after the swap, such as the proof of foreign keys, and drops the old table.
     *
     * @throws PartitaException MIGRATION_UNKNOWN if there is none, MIGRATION_OPEN if the new table is not in use yet
     */
    public Ending finish() throws SQLException {
        if (open().filter(migration -> migration.phase() == Phase.SWAPPED).isPresent()) {
            Ending rest = run();
            if (rest.problem().isPresent()) {
                return rest;
            }
        }
        return end(
                phase -> phase == Phase.SWAPPED,
                Course::finish,
                Phase.FINISHED,
                "the new table is not in use yet",
                "go on: partita migrate resume " + site.table());
    }

    /**
     * Goes back to the old table, with everything that was written since the swap; can be stopped, and goes on with {@link #run}.
     *
     * @throws PartitaException MIGRATION_UNKNOWN if there is none, MIGRATION_OPEN if the new table is not in use
     */
    public Ending rollback() throws SQLException {
        return led(lease -> {
            Observation seen = site.observe().orElseThrow(() -> unknown(site.table()));
            if (!seen.migration().phase().isSwapped()) {
                throw new PartitaException(Problem.of(
                        ProblemCode.MIGRATION_OPEN,
                        site.table().sql(),
                        "the new table is not in use yet",
                        "give the migration up: partita migrate abort " + site.table()));
            }
            if (seen.migration().phase() == Phase.SWAPPED) {
                site.run(
                        List.of(new Advance(
                                seen.rewrite(),
                                Phase.SWAPPED,
                                Phase.ROLLING_BACK,
                                new Sql(", settled = NULL"),
                                Course.because("somebody wants the old table back"))),
                        seen,
                        seen.source().table(),
                        lease);
            }
            return run(lease);
        });
    }

    private Ending end(Predicate<Phase> may, Function<Observation, Step> ending, Phase after, String why, String wayOut)
            throws SQLException {
        return led(lease -> {
            Observation seen = site.observe().orElseThrow(() -> unknown(site.table()));
            if (!may.test(seen.migration().phase())) {
                throw new PartitaException(
                        Problem.of(ProblemCode.MIGRATION_OPEN, site.table().sql(), why, wayOut));
            }
            Optional<Outcome> notDone = site.run(
                            List.of(ending.apply(seen)), seen, seen.source().table(), lease)
                    .map(Run.Executed::outcome);
            return new Ending(
                    notDone.isPresent() ? seen.migration().phase() : after,
                    notDone.isPresent() ? "it did not come through" : "it is over",
                    notDone.map(outcome -> problem(site.table(), outcome)));
        });
    }

    /** Says whether the new table may take the old one's place by itself. */
    public void hold(boolean held) throws SQLException {
        update(Sql.of("held = {}", Literal.of(held)));
    }

    /** Says in which hours it may; empty for any. */
    public void window(Optional<CutoverWindow> window) throws SQLException {
        update(State.window(window));
    }

    /** Says how far it may burden the server, from the next piece on, whichever process works on it. */
    public void throttle(Throttle throttle) throws SQLException {
        update(State.throttle(throttle));
    }

    /** Has nothing done until it is taken back; what is under way ends. */
    public void pause(boolean paused) throws SQLException {
        update(Sql.of("paused = {}", Literal.of(paused)));
    }

    /** Forgets what it stopped for, because a person has looked; a copy that differs is not forgotten. */
    public void forgive() throws SQLException {
        update(Sql.of("trouble = CASE WHEN starts_with(trouble, {}) THEN trouble END", Literal.of(Journey.DIFFERS)));
    }

    private void update(Sql change) throws SQLException {
        site.update(known(), change, Fence.NONE);
    }

    private Migration known() throws SQLException {
        return open().orElseThrow(() -> unknown(site.table()));
    }

    /** MIGRATION_UNKNOWN: nobody is migrating this table. */
    public static PartitaException unknown(TableName table) {
        return new PartitaException(Problem.of(
                ProblemCode.MIGRATION_UNKNOWN,
                table.sql(),
                "is not being migrated",
                "begin: partita migrate start " + table));
    }

    /** Why a step was not done. */
    static Problem problem(TableName table, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.problem();
        }
        if (outcome instanceof Outcome.Blocked blocked) {
            return blocked.problem();
        }
        return outcome instanceof Outcome.Moved moved
                ? moved.problem()
                : Migration.stopped(table, "a step was not done");
    }
}
