package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.RelationKind;
import dev.partita.table.PartitionBound.Range;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A partition that may be retired.
 *
 * @param level where it lies
 * @param partition what it is
 * @param range which rows it takes
 */
record Candidate(RangeLevel level, CatalogPartition partition, Range range) {

    /** Oldest first. */
    static final Comparator<Candidate> BY_END =
            Comparator.comparing((Candidate candidate) -> candidate.range().to());

    private static final int MOST_TOLD = 3;

    /** A partition of a level, if it is a range. */
    static Optional<Candidate> of(RangeLevel level, CatalogPartition partition) {
        return partition.bound() instanceof Range range
                ? Optional.of(new Candidate(level, partition, range))
                : Optional.empty();
    }

    /** Whether it is partita's by the look of it. */
    boolean isOurs() {
        return level.isOurs(range);
    }

    private Stream<CatalogPartition> leaves() {
        return partition.tree().filter(part -> part.kind() != RelationKind.PARTITIONED);
    }

    /** About how many rows they hold, by the last VACUUM or ANALYZE. */
    static double rows(List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(Candidate::leaves)
                .mapToDouble(leaf -> Math.max(0, leaf.estimatedRows()))
                .sum();
    }

    /** How large they are, in pages, by the last VACUUM or ANALYZE. */
    static double pages(List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(Candidate::leaves)
                .mapToLong(CatalogPartition::pages)
                .sum();
    }

    /** {@code 4 partitions (a, b, c and 1 more; about 1,200 rows)}. */
    static String words(List<Candidate> candidates) {
        String names = candidates.stream()
                .limit(MOST_TOLD)
                .map(candidate -> candidate.partition().name().toString())
                .collect(Collectors.joining(", "));
        int others = candidates.size() - MOST_TOLD;
        double rows = rows(candidates);
        return candidates.size() + (candidates.size() == 1 ? " partition (" : " partitions (") + names
                + (others > 0 ? " and " + others + " more" : "")
                + (rows > 0
                        ? String.format(Locale.ROOT, rows == 1 ? "; about %,.0f row" : "; about %,.0f rows", rows)
                        : "")
                + ")";
    }
}
