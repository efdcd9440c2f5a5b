package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionKey;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A partition as it is, read without waiting for any lock on it.
 *
 * @param oid its identity
 * @param name its name
 * @param kind a plain, partitioned or foreign table
 * @param bound which rows it takes
 * @param boundText the same as PostgreSQL prints it, with pinned settings
 * @param detachPending whether an interrupted DETACH CONCURRENTLY left it half-way: readers do not see its rows
 * @param key by what it is divided further, if it is
 * @param owner who owns it
 * @param options its storage parameters
 * @param tablespace where it lies; empty for the database's default
 * @param pages its size in pages of 8 KiB by the last VACUUM or ANALYZE; 0 when never looked at
 * @param estimatedRows by the last VACUUM or ANALYZE; negative when unknown
 * @param leftoverChecks constraints on it that partita made to spare a scan of DEFAULT and did not remove
 * @param partitions its children
 */
public record CatalogPartition(
        long oid,
        TableName name,
        RelationKind kind,
        PartitionBound bound,
        String boundText,
        boolean detachPending,
        Optional<PartitionKey> key,
        Identifier owner,
        SortedMap<String, String> options,
        Optional<Identifier> tablespace,
        long pages,
        double estimatedRows,
        List<Identifier> leftoverChecks,
        List<CatalogPartition> partitions) {

    public CatalogPartition {
        leftoverChecks = List.copyOf(leftoverChecks);
        partitions = List.copyOf(partitions);
    }

    public boolean isDefault() {
        return bound instanceof PartitionBound.Default;
    }

    /** This partition and all below, parents first. */
    public Stream<CatalogPartition> tree() {
        return Stream.concat(Stream.of(this), partitions.stream().flatMap(CatalogPartition::tree));
    }
}
