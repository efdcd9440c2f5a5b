package dev.partita.migration;

import dev.partita.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
 * @param copying how many rows are copied and how fast, where somebody has asked the state schema for it
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
        Duration phaseFor,
        Optional<Copying> copying) {

    /**
     * How the copy comes along.
     *
     * @param rows how many are copied
     * @param rowsPerSecond how many, by all who copy, over the last minute; 0 when none was
     * @param left how long it takes at that speed; empty when nothing is left or nothing moves
     */
    public record Copying(long rows, double rowsPerSecond, Optional<Duration> left) {

        /** Over: there is no speed any more. */
        Copying ended() {
            return new Copying(rows, 0, Optional.empty());
        }

        static Copying of(long rows, long lately, long blocksLately, double seconds, long blocksLeft) {
            double span = Math.max(1, seconds);
            return new Copying(
                    rows,
                    lately / span,
                    blocksLately == 0 || blocksLeft == 0
                            ? Optional.empty()
                            : Optional.of(Duration.ofSeconds((long) Math.ceil(blocksLeft * span / blocksLately))));
        }
    }

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
        return of(seen.migration(), left, seen.leaves().size(), indexed, seen.backlog(), seen.now(), Optional.empty());
    }

    /** @param left how many blocks are not copied yet */
    static Progress of(
            Migration migration,
            long left,
            int leaves,
            int indexed,
            long backlog,
            Instant now,
            Optional<Copying> copying) {
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
                phaseFor.isNegative() ? Duration.ZERO : phaseFor,
                copying);
    }
}
