package dev.partita.report;

import dev.partita.migration.Extent;
import dev.partita.migration.Phase;
import dev.partita.sql.Lock;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What a migration of a table would do, phase by phase, when nothing stands against it.
 *
 * @param table which
 * @param extent how large it is now
 */
public record MigrationPlan(TableName table, Extent extent) {

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
                        "copy the rows in pieces of 64 MiB, several connections beside each other",
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
                        "wait for transactions that would find the new table empty, then swap",
                        Optional.of(Lock.ACCESS_EXCLUSIVE),
                        "everybody waits: 150 ms at most for the lock, then the last changes (100 ms at most) and the"
                                + " names; what does not come through is taken back and tried again. Tables that it"
                                + " references are locked as well"),
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
