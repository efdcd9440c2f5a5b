package dev.partita.cases.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.execution.Outcome;
import dev.partita.execution.RunListener;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.Step;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The moments between the last look and the commit of a move out of DEFAULT. A snapshot that is taken in one of them, and kept for
 * the transaction, finds the partition empty: the one thing that a reader may ever miss (docs/design/mending.md).
 */
final class Moments implements RunListener {

    /** Between the last look and the commit of a server that shares its processors with other tests. */
    private static final long MOMENT_NANOS = 40_000_000;

    private final Map<String, Long> commits = new ConcurrentHashMap<>();
    private final Queue<Missed> missed = new ConcurrentLinkedQueue<>();

    /** Taken between two instants by the clock of this process. */
    record Snapshot(String isolation, long from, long to) {

        /** The snapshot of the transaction, if the isolation level has such a thing. */
        static Snapshot take(Statement statement, String isolation) throws SQLException {
            long from = System.nanoTime();
            statement.execute("SELECT 1");
            return new Snapshot(isolation, from, System.nanoTime());
        }

        private boolean inTheMomentBefore(long commit) {
            return commit - from >= 0 && commit - to < MOMENT_NANOS;
        }
    }

    /** A snapshot that did not see the rows of a partition. */
    private record Missed(String partition, Snapshot snapshot) {}

    @Override
    public void finished(Step step, Outcome outcome) {
        if (step instanceof CreateFromDefault && outcome.done()) {
            commits.put(step.relation().name().name(), System.nanoTime());
        }
    }

    /** All rows of a partition that are known are seen, or, in a moment that the end will tell, none of them. */
    void see(String partition, Snapshot snapshot, long seen, long known) {
        if (seen != known) {
            assertThat(snapshot.isolation())
                    .as("%d rows of %d seen in %s", seen, known, partition)
                    .isNotEqualTo("read committed");
            assertThat(seen).as("rows seen of %d in %s", known, partition).isZero();
            missed.add(new Missed(partition, snapshot));
        }
    }

    void assertNoneMissedOtherwise() {
        assertThat(missed)
                .as("snapshots that missed rows, and were not taken in the very moment of a commit")
                .filteredOn(each -> !commits.containsKey(each.partition())
                        || !each.snapshot().inTheMomentBefore(commits.get(each.partition())))
                .isEmpty();
    }
}
