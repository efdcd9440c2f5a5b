package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.problem.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets pass what is usual: one partition, or more of them when they are no more than a tenth of the table. The rest looks like a
 * slip in the configuration, or like the first run over a long past; only a person can tell the two apart.
 */
final class Guard {

    private static final double SHARE = 0.1;

    private final CatalogTable table;
    private final int partitions;
    private final Optional<Integer> most;

    /**
     * @param partitions how many there are on the level that ages
     * @param most how many a person allows
     */
    Guard(CatalogTable table, int partitions, Optional<Integer> most) {
        this.table = table;
        this.partitions = partitions;
        this.most = most;
    }

    /** Whether all of them may go; says why not. */
    boolean passes(List<Candidate> candidates, Findings findings) {
        int count = candidates.size();
        if (most.map(allowed -> count <= allowed).orElse(count <= 1 || share(candidates) <= SHARE)) {
            return true;
        }
        findings.error(
                ProblemCode.RETIREMENT_GUARDED,
                Candidate.words(candidates) + " would be retired at once"
                        + most.map(allowed -> ", more than the " + allowed + " that were allowed")
                                .orElseGet(() -> String.format(
                                        Locale.ROOT,
                                        ": %.0f %% of the table, and more than a tenth waits for a person",
                                        100 * share(candidates)))
                        + "; nothing is retired",
                "look whether keep: says what you mean; the plan says what it keeps",
                "if all of them are to go: partita apply --retire --most " + count);
        return false;
    }

    /** The largest part of the table that they are, by number, by rows or by size. */
    private double share(List<Candidate> candidates) {
        double rows = table.estimatedRows();
        double pages = table.leaves().mapToLong(CatalogPartition::pages).sum();
        return Math.max(
                candidates.size() / (double) Math.max(1, partitions),
                Math.max(
                        rows > 0 ? Candidate.rows(candidates) / rows : 0,
                        pages > 0 ? Candidate.pages(candidates) / pages : 0));
    }
}
