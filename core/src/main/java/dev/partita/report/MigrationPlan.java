package dev.partita.report;

import dev.partita.migration.Extent;
import dev.partita.migration.Phase;
import dev.partita.migration.Rehearsed;
import dev.partita.sql.Lock;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a migration of a table would do, phase by phase, when nothing stands against it.
 *
 * @param table which
 * @param extent how large it is now
 * @param rehearsed how it went on an empty copy; without a failure
 */
public record MigrationPlan(TableName table, Extent extent, Rehearsed rehearsed) {

    /** On what the time is guessed, in words. */
    static final String GUESS =
            "25 MB of rows and 15 MB of indexes a second for each connection, compared at 100 MB a second";

    private static final long MEGABYTE = 1L << 20;

    /** Which way is taken. */
    public String road() {
        return "copy";
    }

    /** Why that one, as a clause. */
    public String why() {
        return "the rows are copied into a partitioned table beside this one, which takes its place";
    }

    /** How long it may take until the swap, at a guess. */
    public Duration estimated() {
        double copied = extent.bytes() / (2 * 25d * MEGABYTE);
        double indexed = extent.indexBytes() / (2 * 15d * MEGABYTE);
        double compared = 2 * extent.bytes() / (100d * MEGABYTE);
        return Duration.ofSeconds(Math.max(1, (long) Math.ceil(copied + indexed + compared)));
    }

    /**
     * What is done in a phase.
     *
     * @param phase when
     * @param what as a clause
     * @param lock the strongest one on the table itself, if any
     * @param held how long, and who waits
     */
    public record Act(Phase phase, String what, Optional<Lock> lock, String held) {}

    /** In order; the last is done when somebody says so. */
    public List<Act> acts() {
        return List.of(
                new Act(
                        Phase.PREPARING,
                        "make the new table with its partitions, empty",
                        Optional.of(Lock.ACCESS_SHARE),
                        "nobody waits"),
                new Act(
                        Phase.PREPARING,
                        "begin to note the keys of rows that are written",
                        Optional.of(Lock.SHARE_ROW_EXCLUSIVE),
                        "for a moment: writers wait, readers do not; tried for 300 ms at most, then later again"),
                new Act(
                        Phase.COPYING,
                        "copy the rows in pieces of about a second, several connections beside each other",
                        Optional.of(Lock.ACCESS_SHARE),
                        "nobody waits"),
                new Act(
                        Phase.INDEXING,
                        "build the indexes of each new partition, and vacuum it",
                        Optional.empty(),
                        "nobody waits"),
                new Act(
                        Phase.CATCHING_UP,
                        "bring over what was written meanwhile",
                        Optional.of(Lock.ACCESS_SHARE),
                        "nobody waits"),
                new Act(
                        Phase.VERIFYING,
                        "compare all rows of both tables in one snapshot",
                        Optional.of(Lock.ACCESS_SHARE),
                        "nobody waits; VACUUM removes nothing that is younger, until it is done"),
                new Act(
                        Phase.READY,
                        "wait for transactions that would find the new table empty",
                        Optional.empty(),
                        "nobody waits"),
                new Act(
                        Phase.READY,
                        "bring the last changes over, and have all others made in both tables",
                        Optional.of(Lock.SHARE_ROW_EXCLUSIVE),
                        "writers wait, readers do not: 150 ms at most for the lock, and 100 ms for the changes; what does"
                                + " not come through is taken back and tried again"),
                new Act(
                        Phase.IN_STEP,
                        "wait for transactions that are older than that, then swap",
                        Optional.of(Lock.ACCESS_EXCLUSIVE),
                        "everybody waits: 150 ms at most for the lock, and then for the names; what does not come through"
                                + " is taken back and tried again. Tables that it references are locked as well"),
                new Act(
                        Phase.SWAPPED,
                        "keep the old table in step; prove foreign keys and adopt them",
                        Optional.of(Lock.SHARE_ROW_EXCLUSIVE),
                        "for a moment for each foreign key, with the table that it references: writers wait, readers do"
                                + " not"),
                new Act(
                        Phase.FINISHED,
                        "drop the old table, when you say: partita migrate finish",
                        Optional.of(Lock.ACCESS_EXCLUSIVE),
                        "for a moment: everybody waits"));
    }
}
