package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.sql.Identifier;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.List;

/**
 * A table that was a partition and was taken out; its {@link Marker} says so.
 *
 * @param oid its identity
 * @param name its name
 * @param kind a plain, partitioned or foreign table
 * @param comment its marker and what else stands in its comment
 * @param bound which rows it took, by the marker
 * @param pages its size in pages of 8 KiB by the last VACUUM or ANALYZE; 0 when never looked at
 * @param estimatedRows by the last VACUUM or ANALYZE; negative when unknown
 * @param foreignKeys those that it still has, by name
 * @param columns its columns, in order
 * @param below what hangs below it, at whatever depth
 * @param stored it and what hangs below it, as far as it takes room on disk, with all indexes
 * @param lacking columns of the table that it lacks and that can be added to it without looking at its rows; others it may lack
 *     besides
 * @param checks those of its parent that it lacks, as far as they could be read
 */
public record DetachedPartition(
        long oid,
        TableName name,
        RelationKind kind,
        Marker.Comment comment,
        PartitionBound bound,
        long pages,
        double estimatedRows,
        List<ForeignKey> foreignKeys,
        List<CatalogColumn> columns,
        List<TableName> below,
        List<Stored> stored,
        List<AddedColumn> lacking,
        List<CheckConstraint> checks) {

    public DetachedPartition {
        foreignKeys = List.copyOf(foreignKeys);
        columns = List.copyOf(columns);
        below = List.copyOf(below);
        stored = List.copyOf(stored);
        lacking = List.copyOf(lacking);
        checks = List.copyOf(checks);
    }

    public Marker marker() {
        return comment.marker();
    }

    /** Whether it was taken out in this database, and is no copy. */
    public boolean isOf(DatabaseIdentity here) {
        return marker().oid() == oid && marker().database().equals(here);
    }

    /**
     * Where something lies.
     *
     * @param name a table, or an index
     * @param index which of them
     * @param tablespace where; the database's own where it says nothing else
     */
    public record Stored(TableName name, boolean index, Identifier tablespace) {}

    /**
     * A foreign key.
     *
     * @param name the constraint's name
     * @param referenced the table that it points at
     */
    public record ForeignKey(Identifier name, TableName referenced) {}
}
