package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.Scheme;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.PartitionKey;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A divided relation and its direct partitions.
 *
 * @param oid its identity
 * @param name the table, or a partition of it that is divided itself
 * @param key by what it is divided
 * @param partitions directly below it
 * @param scheme what its level would be declared as; empty when that cannot be said
 * @param root whether it is the table itself
 * @param everyRow whether rows of every time may come here: no range lies above
 */
record Branch(
        long oid,
        TableName name,
        PartitionKey key,
        List<CatalogPartition> partitions,
        Optional<Scheme> scheme,
        boolean root,
        boolean everyRow) {

    Branch {
        partitions = List.copyOf(partitions);
    }

    /** The table and all branches below it. */
    static List<Branch> all(CatalogTable table, Optional<Scheme> scheme) {
        List<Branch> branches = new ArrayList<>();
        table.key()
                .ifPresent(key -> collect(
                        new Branch(table.oid(), table.name(), key, table.partitions(), scheme, true, true), branches));
        return branches;
    }

    private static void collect(Branch branch, List<Branch> branches) {
        branches.add(branch);
        boolean below = branch.everyRow && branch.key.method() != PartitionMethod.RANGE;
        for (CatalogPartition partition : branch.partitions) {
            partition
                    .key()
                    .ifPresent(key -> collect(
                            new Branch(
                                    partition.oid(),
                                    partition.name(),
                                    key,
                                    partition.partitions(),
                                    branch.scheme.flatMap(Scheme::then).filter(level -> level.method() == key.method()),
                                    false,
                                    below && !partition.isDefault()),
                            branches));
        }
    }

    /** Those that take rows by their own bound and are not half gone. */
    Stream<CatalogPartition> attached() {
        return partitions.stream().filter(partition -> !partition.detachPending());
    }

    Optional<CatalogPartition> fallback() {
        return attached().filter(CatalogPartition::isDefault).findFirst();
    }

    /** Ranges in the order of the key. */
    List<Range> ranges() {
        return attached()
                .map(CatalogPartition::bound)
                .filter(Range.class::isInstance)
                .map(Range.class::cast)
                .sorted(Comparator.comparing(Range::from))
                .toList();
    }

    /** Where partitions end that follow on one another without a hole, from a place on. */
    RangeLimit reach(RangeLimit present) {
        RangeLimit end = present;
        for (Range range : ranges()) {
            if (range.contains(end)) {
                end = range.to();
            }
        }
        return end;
    }
}
