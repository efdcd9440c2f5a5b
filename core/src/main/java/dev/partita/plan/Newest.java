package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.Retention.Keep;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which partitions are older than the newest, for which alone an index may be declared. What has no age, such as DEFAULT, counts
 * as new.
 *
 * @param levels the places of the outermost range
 */
record Newest(List<RangeLevel> levels) {

    /** The partitions that are older, and all below them. */
    Set<TableName> older(Keep newest) {
        return levels.stream()
                .flatMap(level -> level.cutoff(newest).stream()
                        .flatMap(cutoff ->
                                level.partitions().stream().filter(partition -> isBehind(partition.bound(), cutoff))))
                .flatMap(CatalogPartition::tree)
                .map(CatalogPartition::name)
                .collect(Collectors.toSet());
    }

    /** Of the indexes those that a partition gets when it is made. */
    List<IndexDeclaration> of(List<IndexDeclaration> indexes, Missing lack) {
        return indexes.stream()
                .filter(index ->
                        index.newest().filter(newest -> isOlder(lack, newest)).isEmpty())
                .toList();
    }

    private boolean isOlder(Missing lack, Keep newest) {
        return levels.stream()
                        .filter(level -> level.place().equals(lack.parent()))
                        .flatMap(level -> level.cutoff(newest).stream())
                        .anyMatch(cutoff -> isBehind(lack.partition().bound(), cutoff))
                || older(newest).contains(lack.parent());
    }

    private static boolean isBehind(PartitionBound bound, RangeLimit cutoff) {
        return bound instanceof PartitionBound.Range range && !cutoff.isBefore(range.to());
    }
}
