package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.ServerMessage;
import dev.partita.execution.Fence;
import dev.partita.execution.Outcome;
import dev.partita.execution.Run;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The way of a migration from where it is to where it comes to rest: look, do what follows from that, and look again. */
final class Journey {

    /** So often the same step may fail before a person has to look. */
    private static final int MOST_FAILURES = 5;

    /** A swap also fails when the last changes cannot be brought over in time, and then may not the next time. */
    private static final int MOST_FAILED_SWAPS = 30;

    /** So long pieces are copied before it is looked whether they have the right size, and whether the table still is what it was. */
    private static final Duration ROUND = Duration.ofSeconds(20);

    /** How the trouble begins that nobody can forgive. */
    static final String DIFFERS = "the copy differs: ";

    private final Worksite site;
    private final int workers;
    private final Pace pace;
    private final Fence fence;
    private final Outage outage = new Outage();
    private final Backlog backlog = new Backlog();
    private Optional<Notice> notice = Optional.empty();
    private Optional<Phase> phase = Optional.empty();
    private Optional<Ending> over = Optional.empty();
    private int failures;

    Journey(Worksite site, int workers, Pace pace, Fence fence) {
        this.site = site;
        this.workers = workers;
        this.pace = pace;
        this.fence = fence;
    }

    /** Goes on until it rests; a server that is gone for a while is waited for. */
    Ending go() throws SQLException {
        while (true) {
            try {
                Optional<Ending> ending = turn();
                outage.over();
                if (ending.isPresent()) {
                    return ending.get();
                }
            } catch (SQLException e) {
                if (site.stopped() && phase.isPresent()) {
                    return stopped(phase.get());
                }
                if (!ServerMessage.unreachable(e) || !outage.goesOn()) {
                    throw e;
                }
                site.listener().waiting("for the server: " + ServerMessage.of(e));
                site.standAside(outage.pause());
            }
        }
    }

    /** One look and what follows from it. */
    private Optional<Ending> turn() throws SQLException {
        Optional<Observation> observed = site.observe();
        if (observed.isEmpty() && over.isPresent()) {
            return over;
        }
        Observation seen = observed.orElseThrow(() -> MigrationRunner.unknown(site.table()));
        Migration migration = seen.migration();
        phase = Optional.of(migration.phase());
        site.listener().seen(Progress.of(seen));
        Optional<Ending> resting = resting(seen);
        if (resting.isPresent()) {
            return resting;
        }
        Notice told = notice.orElseGet(() -> new Notice(site, migration, fence));
        notice = Optional.of(told);
        Optional<Migration.Waits> behind = behind(seen);
        Optional<Step> ends = endsCapture(seen, behind.isPresent());
        Work work = ends.isPresent() ? Work.Do.one(ends.get()) : next(seen);
        if (work instanceof Work.Rest rest) {
            told.goesOn(migration);
            return Optional.of(new Ending(migration.phase(), rest.why(), Optional.empty()));
        }
        if (work instanceof Work.Wait wait) {
            told.waits(migration, Migration.Waits.of(wait.why()));
            site.pause(wait.pause(), fence);
            return Optional.empty();
        }
        return work((Work.Do) work, seen, told, behind);
    }

    private Optional<Ending> resting(Observation seen) throws SQLException {
        Migration migration = seen.migration();
        if (site.stopped()) {
            return Optional.of(stopped(migration.phase()));
        }
        if (migration.trouble().isPresent()) {
            return Optional.of(stuck(migration, trouble(migration.trouble().get())));
        }
        if (migration.paused() && !migration.phase().isMirrored()) {
            return Optional.of(new Ending(
                    migration.phase(),
                    "paused; partita migrate resume " + site.table() + " goes on",
                    Optional.empty()));
        }
        if (wasChanged(seen)) {
            String why = "the table was changed since it began";
            remember(migration, why);
            return Optional.of(stuck(migration, trouble(why)));
        }
        return Optional.empty();
    }

    private Ending stopped(Phase at) {
        return new Ending(at, "stopped; partita migrate resume " + site.table() + " goes on", Optional.empty());
    }

    private static Ending stuck(Migration migration, Problem problem) {
        return new Ending(migration.phase(), "a person has to look", Optional.of(problem));
    }

    private Work next(Observation seen) throws SQLException {
        if (seen.migration().paused()) {
            return Course.rest(seen, pace);
        }
        if (failures > 0) {
            return Course.next(seen, pace.withTheWholeLog());
        }
        if (seen.migration().phase() != Phase.COPYING) {
            return Course.next(seen, pace);
        }
        double speed = site.look((reader, connection) -> reader.speed(seen.migration()));
        return Course.next(seen, pace.at(speed, Progress.of(seen).left(), workers));
    }

    /** That changes become no fewer, and so the new table never catches up as things are. */
    private Optional<Migration.Waits> behind(Observation seen) {
        if (seen.migration().phase() != Phase.CATCHING_UP) {
            backlog.forget();
            return Optional.empty();
        }
        return backlog.stuckFor(seen.backlog(), System.nanoTime())
                .map(since -> new Migration.Waits(
                        "for writers to write less: about " + seen.backlog() + " changes are noted, no fewer than "
                                + since.toMinutes() + " min ago, though they are brought over all the time",
                        Optional.of(ProblemCode.MIGRATION_BEHIND)));
    }

    /** What is noted beyond the limit cannot be brought over before the copy is whole, or becomes more all the time. */
    private Optional<Step> endsCapture(Observation seen, boolean isBehind) throws SQLException {
        Migration migration = seen.migration();
        boolean grows = migration.phase() == Phase.COPYING || migration.phase() == Phase.INDEXING || isBehind;
        Optional<Long> most = migration.throttle().log();
        if (!grows || most.isEmpty()) {
            return Optional.empty();
        }
        Load load = site.look((reader, connection) -> reader.load(migration));
        return load.log() <= most.get()
                ? Optional.empty()
                : Optional.of(new EndCapture(
                        seen.rewrite(),
                        migration.phase(),
                        "what was noted of changes took more than --log-limit; it was thrown away with the copy, and the old table"
                                + " is in use as before; resume begins the copy anew, better with a larger limit or fewer writers",
                        Course.because("more is noted than may be")));
    }

    private Optional<Ending> work(Work.Do work, Observation seen, Notice told, Optional<Migration.Waits> behind)
            throws SQLException {
        Migration migration = seen.migration();
        Optional<Run.Executed> notDone = run(work, seen, told, behind);
        if (notDone.isEmpty()) {
            failures = 0;
            if (work.steps().get(0) instanceof SwapBack) {
                proveKeys(seen);
                over = Optional.of(
                        new Ending(Phase.ROLLED_BACK, "the old table is in its place again", Optional.empty()));
            }
            return Optional.empty();
        }
        Outcome outcome = notDone.get().outcome();
        Problem problem = MigrationRunner.problem(site.table(), outcome);
        switch (problem.code()) {
            case LEASE_LOST -> throw new PartitaException(problem);
            // The next look waits for the server.
            case CONNECTION_LOST -> site.standAside(jitter());
            default -> {
                if (outcome instanceof Outcome.Blocked) {
                    told.waits(migration, Migration.Waits.of(problem.message()));
                } else if (!(outcome instanceof Outcome.Skipped)) {
                    failures++;
                }
                Optional<Problem> lasting = lasting(notDone.get().step(), outcome, problem);
                if (lasting.isPresent()) {
                    remember(migration, lasting.get().message());
                    return Optional.of(stuck(migration, lasting.get()));
                }
                site.pause(jitter(), fence);
            }
        }
        return Optional.empty();
    }

    private static Duration jitter() {
        return Duration.ofMillis(50 + ThreadLocalRandom.current().nextInt(250));
    }

    /** The first step that was not done, if any. */
    private Optional<Run.Executed> run(Work.Do work, Observation seen, Notice told, Optional<Migration.Waits> behind)
            throws SQLException {
        Phase now = seen.migration().phase();
        boolean mayWait = now.compareTo(Phase.COPYING) >= 0 && now.compareTo(Phase.VERIFYING) <= 0;
        if (!mayWait || work.steps().get(0) instanceof EndCapture) {
            told.goesOn(seen.migration());
            return run(work.steps(), seen);
        }
        Gate gate = new Gate(site, seen.migration(), behind, told, fence);
        long round = System.nanoTime() + ROUND.toNanos();
        boolean copies = work.steps().get(0) instanceof CopyBlocks;
        BooleanSupplier mayBegin = () -> !(copies && System.nanoTime() > round) && gate.pass();
        if (!work.beside()) {
            return mayBegin.getAsBoolean() ? timed(work.steps(), seen, gate) : Optional.empty();
        }
        return new Workers(workers, step -> timed(List.of(step), seen, gate), mayBegin).run(work.steps());
    }

    private Optional<Run.Executed> timed(List<Step> steps, Observation seen, Gate gate) {
        long begin = System.nanoTime();
        Optional<Run.Executed> notDone = run(steps, seen);
        gate.rest(Duration.ofNanos(System.nanoTime() - begin));
        return notDone;
    }

    private Optional<Run.Executed> run(List<Step> steps, Observation seen) {
        return site.run(steps, seen, seen.source().table(), fence);
    }

    /** They hold for new rows already, and did for all others; if it does not come through, only the proof is missing. */
    private void proveKeys(Observation seen) throws SQLException {
        Reason again = Course.because("the old table has it again");
        Stream<Step> own = seen.source().keys().stream()
                .map(key -> new ProveForeignKey(seen.rewrite(), site.table(), key.name(), again));
        Stream<Step> others = seen.source().referencing().stream()
                .map(key -> new ProveForeignKey(seen.rewrite(), key.table(), key.name(), again));
        for (Step proof : Stream.concat(own, others).toList()) {
            Optional<CatalogTable> table =
                    site.look((reader, connection) -> reader.before()).source().map(Source::table);
            if (table.isPresent()) {
                site.run(List.of(proof), seen, table.get(), fence);
            }
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

    /** What ends the whole: a comparison that fails, or a step that does not succeed however often. */
    private Optional<Problem> lasting(Step step, Outcome outcome, Problem problem) {
        if (outcome instanceof Outcome.Skipped || outcome instanceof Outcome.Blocked) {
            return Optional.empty();
        }
        if (step instanceof Verify && problem.message().contains(Verify.REFUSED)) {
            return Optional.of(Problem.of(
                    ProblemCode.COPY_DIFFERS,
                    site.table().sql(),
                    DIFFERS + problem.message(),
                    "the application goes on with the old table, which was not touched",
                    "give the migration up: partita migrate abort; and report it, this must not be"));
        }
        if (step instanceof SwapTables && problem.message().contains(Portrait.UNLIKE)) {
            return Optional.of(Problem.of(
                    ProblemCode.LIKENESS_DIFFERS,
                    site.table().sql(),
                    problem.message(),
                    "the application goes on with the old table, which was not touched",
                    "mend what differs, if somebody has changed the new table, and go on: partita migrate resume "
                            + site.table(),
                    "or give the migration up: partita migrate abort; and report it"));
        }
        return failures >= (Worksite.atTheSwap(step) ? MOST_FAILED_SWAPS : MOST_FAILURES)
                ? Optional.of(problem)
                : Optional.empty();
    }

    private Problem trouble(String why) {
        return Migration.stopped(site.table(), why);
    }

    private void remember(Migration migration, String why) throws SQLException {
        site.update(migration, Sql.of("trouble = {}, waits = NULL, waits_code = NULL", Literal.of(why)), fence);
    }
}
