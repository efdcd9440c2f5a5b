package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How large partitions are beside one another, by the last VACUUM or ANALYZE. */
final class Volumes {

    /** Of fewer partitions none is typical. */
    private static final int FEWEST = 4;

    private final CheckFacts facts;
    private final Thresholds thresholds;
    private final CatalogTable table;
    private final Notes notes;

    Volumes(CheckFacts facts, Thresholds thresholds, CatalogTable table, Notes notes) {
        this.facts = facts;
        this.thresholds = thresholds;
        this.table = table;
        this.notes = notes;
    }

    /** Partitions whose rows have all come, in the sense of the clock or of the newest number. */
    static List<CatalogPartition> past(Branch branch, CatalogTable table, CheckFacts facts) {
        Axis axis = Axis.of(branch);
        Optional<RangeLimit> present = axis.temporal() ? axis.present(facts.now()) : table.cursor();
        return branch.key().method() != PartitionMethod.RANGE || present.isEmpty()
                ? List.of()
                : branch.attached()
                        .filter(partition -> partition.bound() instanceof Range range
                                && range.to().finite()
                                && !present.get().isBefore(range.to()))
                        .toList();
    }

    void in(Branch branch) {
        List<CatalogPartition> past = past(branch, table, facts);
        skew(
                branch,
                branch.key().method() == PartitionMethod.RANGE
                        ? past
                        : branch.attached().toList());
        empty(branch, past);
        oversized(branch);
    }

    private long bytes(CatalogPartition partition) {
        return partition.tree().mapToLong(CatalogPartition::pages).sum()
                * facts.limits().blockSize();
    }

    private void skew(Branch branch, List<CatalogPartition> siblings) {
        List<CatalogPartition> bySize = siblings.stream()
                .filter(partition -> !partition.isDefault())
                .sorted(Comparator.comparing(this::bytes))
                .toList();
        if (bySize.size() < FEWEST) {
            return;
        }
        CatalogPartition largest = bySize.get(bySize.size() - 1);
        long median =
                Math.max(bytes(bySize.get(bySize.size() / 2)), facts.limits().blockSize());
        double ratio = (double) bytes(largest) / median;
        // A good hash makes equal parts, a calendar nearly, a list whatever the values are.
        double much = switch (branch.key().method()) {
            case HASH -> 2;
            case RANGE -> 4;
            case LIST -> 10;
        };
        if (ratio < much || bytes(largest) < thresholds.skewed()) {
            return;
        }
        notes.add(
                branch.key().method() == PartitionMethod.HASH ? Severity.WARNING : Severity.INFO,
                ProblemCode.PARTITIONS_SKEWED,
                largest.name() + " is " + Math.round(ratio) + " times as large as the median of its siblings ("
                        + megabytes(bytes(largest)) + " beside " + megabytes(median) + ")",
                switch (branch.key().method()) {
                    case HASH -> "look for a value of the key that very many rows share";
                    case RANGE -> "look what happened then; a narrower period helps if it goes on like that";
                    case LIST -> "divide it further, if queries of it are slow: then-by";
                });
    }

    /** Candidates were looked into; those that somebody locks are not called empty. */
    private void empty(Branch branch, List<CatalogPartition> past) {
        List<String> empty = past.stream()
                .filter(partition -> facts.looked().get(partition.oid()) instanceof Looked.Empty)
                .map(partition -> partition.name().name().sql())
                .toList();
        if (!empty.isEmpty()) {
            notes.info(
                    ProblemCode.PARTITIONS_EMPTY,
                    (branch.root() ? "" : branch.name().name().sql() + ": ")
                            + Notes.count(empty.size(), "partition") + " of the past without a row: "
                            + Notes.some(empty),
                    "drop them, if no late row may come; each costs planning and locks");
        }
    }

    private void oversized(Branch branch) {
        branch.attached()
                .filter(partition ->
                        partition.kind() == RelationKind.TABLE && bytes(partition) > thresholds.oversized())
                .forEach(partition -> notes.warning(
                        ProblemCode.PARTITION_OVERSIZED,
                        partition.name() + " holds " + megabytes(bytes(partition)) + ", more than "
                                + megabytes(thresholds.oversized())
                                + ": VACUUM, an index build and a restore of it take very long",
                        "choose a narrower period or a further level for new partitions"));
    }

    private static String megabytes(long bytes) {
        return bytes >> 30 >= 10
                ? (bytes >> 30) + " GB"
                : bytes >> 20 >= 1 ? (bytes >> 20) + " MB" : (bytes >> 10) + " kB";
    }
}
