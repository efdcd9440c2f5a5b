package dev.partita.cli;

import dev.partita.migration.Ending;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.migration.Standing;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code partita migrate cutover}. */
@Command(
        name = "cutover",
        description = {
            "Let the new table take the old one's place now, whatever has kept it from that.",
            "",
            "Takes --postpone-cutover and --cutover-window back.",
            "",
            "If another process is at work on the migration, that one swaps, and this one watches.",
            "What is left to do before is done first.",
            ""
        },
        footer = {"", "Example:", "  partita migrate cutover orders"})
final class MigrateCutover implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Migrating migrating = new Migrating();

    MigrateCutover(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return migrating.run(console, (runner, session, stopping) -> judged(swap(runner, session, stopping), stopping));
    }

    /** Whoever says it wants it done. */
    private Ending judged(Ending ending, Stopping stopping) {
        if (ending.phase().compareTo(Phase.SWAPPED) >= 0 || ending.problem().isPresent() || stopping.told()) {
            return ending;
        }
        return new Ending(
                ending.phase(),
                ending.why(),
                Optional.of(Problem.of(
                        ProblemCode.MIGRATION_OPEN,
                        migrating.table().sql(),
                        "the new table is not in use yet",
                        "see for what it waits: partita migrate status")));
    }

    private Ending swap(MigrationRunner runner, Session session, Stopping stopping) throws SQLException {
        runner.hold(false);
        runner.window(Optional.empty());
        try {
            return runner.run();
        } catch (PartitaException e) {
            if (e.problems().get(0).code() != ProblemCode.LEASE_TAKEN) {
                throw e;
            }
            if (!migrating.quiet()) {
                console.err().println("Another process is at work on it, and swaps.");
            }
            return follow(session, stopping);
        }
    }

    private Ending follow(Session session, Stopping stopping) {
        CountDownLatch stopped = new CountDownLatch(1);
        stopping.by(stopped::countDown);
        while (true) {
            Standing standing = migrating.standing(session).orElseThrow();
            if (!standing.underWay() || stopped.getCount() == 0) {
                Optional<String> why = standing.underWay() ? Optional.empty() : standing.waits();
                return new Ending(
                        standing.migration().phase(),
                        why.orElse("another process is at work on it"),
                        standing.problem());
            }
            await(stopped);
        }
    }

    private static void await(CountDownLatch stopped) {
        try {
            if (stopped.await(200, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
        }
    }
}
