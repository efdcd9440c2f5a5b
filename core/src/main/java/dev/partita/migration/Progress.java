package dev.partita.migration;

import dev.partita.table.TableName;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a migration is.
 *
 * @param table whose
 * @param phase where it is
 * @param blocks how long the old table was when the copy began; 0 before
 * @param copied how many of them are copied
 * @param leaves how many leaves the new table has
 * @param indexed how many of them have all indexes
 * @param backlog how many changes are noted and not brought over; at most a million is counted
 * @param applied how many were brought over
 * @param phaseFor for how long it is where it is
 */
public record Progress(
        TableName table,
        Phase phase,
        long blocks,
        long copied,
        int leaves,
        int indexed,
        long backlog,
        long applied,
        Duration phaseFor) {

    /** How many hundredths of the old table are copied; 100 only when nothing is left. */
    public int percentCopied() {
        return blocks == 0
                ? (phase.compareTo(Phase.COPYING) > 0 ? 100 : 0)
                : (int) Math.min(100, copied * 100 / blocks);
    }

    /** How many blocks are not copied yet. */
    long left() {
        return blocks - copied;
    }

    static Progress of(Observation seen) {
        long left = seen.chunks().stream()
                .mapToLong(chunk -> chunk.end() - chunk.first())
                .sum();
        int indexed = (int) seen.leaves().stream()
                .filter(leaf ->
                        seen.shapes().stream().allMatch(shape -> leaf.indexes().contains(shape.nameOn(leaf.name()))))
                .count();
        return of(seen.migration(), left, seen.leaves().size(), indexed, seen.backlog(), seen.now());
    }

    /** @param left how many blocks are not copied yet */
    static Progress of(Migration migration, long left, int leaves, int indexed, long backlog, Instant now) {
        long blocks = migration.copy().map(Migration.Copy::blocks).orElse(0L);
        Duration phaseFor = Duration.between(migration.phaseSince(), now);
        return new Progress(
                migration.table(),
                migration.phase(),
                blocks,
                Math.max(0, blocks - left),
                leaves,
                indexed,
                backlog,
                migration.applied(),
                phaseFor.isNegative() ? Duration.ZERO : phaseFor);
    }
}
