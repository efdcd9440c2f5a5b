package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.PartitionKey;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A declared table as it is.
 *
 * @param oid its identity
 * @param name its name
 * @param kind what it is
 * @param key by what it is partitioned; empty when it is not
 * @param columns in order, without dropped ones
 * @param indexes on the table itself, those of constraints included
 * @param references tables that this one's foreign keys point at, and their partitions
 * @param referencedBy tables whose foreign keys point at this one
 * @param likeness what a new partition takes over from it
 * @param partitions the direct children, in no particular order; those below hang on them
 * @param detached partitions that partita took out of it or of a branch of it and that are there still, oldest identity first
 * @param estimatedRows the planner's estimate for the whole tree; negative when unknown
 * @param cursor where the table's present is on an axis of numbers; empty elsewhere and when there is no row
 * @param rehearsed whether it does not exist yet and was only made, looked at and rolled back
 * @param managedByPartman whether pg_partman's automatic maintenance works on it as well
 * @param fingerprint what a plan for it rests on; {@link Fingerprint#ABSENT} when rehearsed
 * @param unreadable why details are missing, such as a lock that somebody holds; then lists may be empty
 */
public record CatalogTable(
        long oid,
        TableName name,
        RelationKind kind,
        Optional<PartitionKey> key,
        List<CatalogColumn> columns,
        List<CatalogIndex> indexes,
        List<TableName> references,
        List<TableName> referencedBy,
        Likeness likeness,
        List<CatalogPartition> partitions,
        List<DetachedPartition> detached,
        double estimatedRows,
        Optional<RangeLimit> cursor,
        boolean rehearsed,
        boolean managedByPartman,
        Fingerprint fingerprint,
        Optional<String> unreadable) {

    public CatalogTable {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        references = List.copyOf(references);
        referencedBy = List.copyOf(referencedBy);
        partitions = List.copyOf(partitions);
        detached = List.copyOf(detached);
    }

    /** The same table, with its newest row elsewhere. */
    CatalogTable at(RangeLimit otherCursor) {
        return with(Optional.of(otherCursor), rehearsed, managedByPartman, unreadable);
    }

    /** The same table, with the rest of what was found out about it. */
    CatalogTable with(
            Optional<RangeLimit> foundCursor, boolean isRehearsed, boolean isManaged, Optional<String> notRead) {
        return new CatalogTable(
                oid,
                name,
                kind,
                key,
                columns,
                indexes,
                references,
                referencedBy,
                likeness,
                partitions,
                detached,
                estimatedRows,
                foundCursor,
                isRehearsed,
                isManaged,
                isRehearsed ? Fingerprint.ABSENT : fingerprint,
                notRead);
    }

    /** The same table under another name, which it is to have. */
    public CatalogTable called(TableName otherName) {
        return new CatalogTable(
                oid,
                otherName,
                kind,
                key,
                columns,
                indexes,
                references,
                referencedBy,
                likeness,
                partitions,
                detached,
                estimatedRows,
                cursor,
                rehearsed,
                managedByPartman,
                fingerprint,
                unreadable);
    }

    public Optional<CatalogColumn> column(Identifier columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** All partitions of the tree, parents before their children. */
    public Stream<CatalogPartition> tree() {
        return partitions.stream().flatMap(CatalogPartition::tree);
    }

    /** All partitions that hold rows themselves. */
    public Stream<CatalogPartition> leaves() {
        return tree().filter(partition -> partition.kind() != RelationKind.PARTITIONED);
    }
}
