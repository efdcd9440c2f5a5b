package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DetachedPartition;
import dev.partita.catalog.RelationKind;
import dev.partita.step.NewPartition;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A relation of a partitioned table, as it will be when everything else in a plan is done.
 *
 * @param name its name
 * @param oid its identity; empty when the plan makes it
 * @param kind a plain, partitioned or foreign table
 * @param comes whether the plan attaches it
 * @param bound which rows it takes
 * @param children the partitions below, newest first, because those are read most
 */
record TreePlace(
        TableName name,
        Optional<Long> oid,
        RelationKind kind,
        boolean comes,
        PartitionBound bound,
        List<TreePlace> children) {

    private static final Comparator<TreePlace> NEWEST_FIRST = (one, other) -> {
        if (one.bound instanceof PartitionBound.Range left && other.bound instanceof PartitionBound.Range right) {
            return right.from().compareTo(left.from());
        }
        return Boolean.compare(
                one.bound instanceof PartitionBound.Default, other.bound instanceof PartitionBound.Default);
    };

    TreePlace {
        children = children.stream().sorted(NEWEST_FIRST).toList();
    }

    /** The table with what it has, but for what is half detached, and with what comes. */
    static TreePlace of(CatalogTable table, List<Missing> coming) {
        return new TreePlace(
                table.name(),
                Optional.of(table.oid()),
                table.kind(),
                false,
                new PartitionBound.Default(),
                children(table.name(), table.partitions(), coming));
    }

    private static List<TreePlace> children(TableName parent, List<CatalogPartition> partitions, List<Missing> coming) {
        return Stream.concat(
                        partitions.stream()
                                .filter(partition -> !partition.detachPending())
                                .map(partition -> new TreePlace(
                                        partition.name(),
                                        Optional.of(partition.oid()),
                                        partition.kind(),
                                        false,
                                        partition.bound(),
                                        children(partition.name(), partition.partitions(), coming))),
                        coming.stream()
                                .filter(lack -> lack.parent().equals(parent))
                                .map(lack -> lack.again()
                                        .map(detached -> back(detached, lack.partition()))
                                        .orElseGet(() -> made(lack.partition()))))
                .toList();
    }

    private static TreePlace back(DetachedPartition detached, NewPartition place) {
        return new TreePlace(
                detached.name(), Optional.of(detached.oid()), detached.kind(), true, place.bound(), List.of());
    }

    private static TreePlace made(NewPartition partition) {
        return new TreePlace(
                partition.name(),
                Optional.empty(),
                partition.divided().isPresent() ? RelationKind.PARTITIONED : RelationKind.TABLE,
                true,
                partition.bound(),
                partition.children().stream().map(TreePlace::made).toList());
    }

    /** The same without these and all below them. */
    TreePlace without(Collection<TableName> leaving) {
        return new TreePlace(
                name,
                oid,
                kind,
                comes,
                bound,
                children.stream()
                        .filter(child -> !leaving.contains(child.name))
                        .map(child -> child.without(leaving))
                        .toList());
    }

    /** This and all below, parents first. */
    Stream<TreePlace> tree() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(TreePlace::tree));
    }
}
