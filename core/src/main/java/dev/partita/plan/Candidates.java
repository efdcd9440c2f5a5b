package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Retention.Keep;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses, by the real upper bounds, what has been kept long enough.
 *
 * <p>The newest partition of a level, DEFAULT, foreign tables, what is half detached, what has no end or no begin, and
 * whatever is not wholly in the past are never chosen.
 *
 * @param levels the places of the outermost range: the table itself, or each branch of a list or hash above it
 * @param keep how much is kept
 * @param sizes of leaves in bytes, by identity; needed for a limit by size only
 */
record Candidates(List<RangeLevel> levels, Keep keep, Map<Long, Long> sizes) {

    /** What has been kept long enough, whether it is ours or not, oldest first. */
    List<Candidate> old() {
        if (keep instanceof Keep.Bytes bytes) {
            Set<Long> beyond = beyond(bytes);
            return past().stream()
                    .filter(candidate -> beyond.contains(candidate.partition().oid()))
                    .toList();
        }
        return past().stream().filter(this::isBehindTheLimit).toList();
    }

    private boolean isBehindTheLimit(Candidate candidate) {
        return candidate
                .level()
                .cutoff(keep)
                .filter(cutoff -> !cutoff.isBefore(candidate.range().to()))
                .isPresent();
    }

    /** From the newest on all stays that fits, DEFAULT and the future included; behind that lies what is too much. */
    private Set<Long> beyond(Keep.Bytes limit) {
        Set<Long> beyond = new HashSet<>();
        BigInteger sum = BigInteger.ZERO;
        for (CatalogPartition partition : newestFirst()) {
            Optional<BigInteger> bytes = bytes(partition);
            if (bytes.isEmpty()) {
                // Somebody's lock hides a size, and so how much there is: then nothing is too much.
                return Set.of();
            }
            sum = sum.add(bytes.get());
            if (sum.compareTo(limit.bytes()) > 0) {
                beyond.add(partition.oid());
            }
        }
        return beyond;
    }

    private Optional<BigInteger> bytes(CatalogPartition partition) {
        List<Long> leaves = partition
                .tree()
                .filter(part -> part.kind() != RelationKind.PARTITIONED)
                .map(CatalogPartition::oid)
                .toList();
        return sizes.keySet().containsAll(leaves)
                ? Optional.of(BigInteger.valueOf(leaves.stream()
                        .mapToLong(leaf -> sizes.getOrDefault(leaf, 0L))
                        .sum()))
                : Optional.empty();
    }

    /** All partitions of the level that ages; what has no end counts as the newest. */
    private List<CatalogPartition> newestFirst() {
        return levels.stream()
                .flatMap(level -> level.partitions().stream())
                .sorted(Comparator.comparing(Candidates::end).reversed())
                .toList();
    }

    private static RangeLimit end(CatalogPartition partition) {
        return partition.bound() instanceof Range range ? range.to() : RangeLimit.MAXVALUE;
    }

    /** Whatever could ever be chosen, oldest first. */
    List<Candidate> past() {
        return levels.stream()
                .flatMap(level -> past(level).stream())
                .sorted(Candidate.BY_END)
                .toList();
    }

    private static List<Candidate> past(RangeLevel level) {
        RangeLimit present = level.present();
        List<Candidate> all = level.partitions().stream()
                .flatMap(partition -> Candidate.of(level, partition).stream())
                .sorted(Candidate.BY_END)
                .toList();
        return all.stream()
                .limit(Math.max(0, all.size() - 1L))
                .filter(candidate -> candidate.range().from().finite()
                        && candidate.range().to().finite()
                        && !present.isBefore(candidate.range().to()))
                .filter(candidate -> candidate.partition().kind() != RelationKind.FOREIGN
                        && !candidate.partition().detachPending())
                .toList();
    }
}
