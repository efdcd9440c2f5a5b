package dev.partita.catalog;

import dev.partita.declaration.Restraint.Unless;
import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What planning wants to know beyond the catalog, because it depends on what is missing.
 *
 * @param names wanted names that must not be taken
 * @param defaults ranges whose rows may already lie in a DEFAULT partition
 * @param comments relations by identity whose comments are to be kept when a marker is written before them
 * @param sizes relations by identity whose size on disk decides something
 * @param referenced ranges that nobody may refer to any more
 * @param indexed partitions by identity that may lack an index
 * @param keeping partitions in which no row may be that keeps them
 * @param drifting tables whose partitions may differ from them
 * @param strays tables that somebody names, whatever they are
 */
public record Questions(
        Set<TableName> names,
        List<DefaultRows> defaults,
        Set<Long> comments,
        Set<Long> sizes,
        List<Referenced> referenced,
        Set<Long> indexed,
        List<Keeping> keeping,
        List<CatalogTable> drifting,
        Set<TableName> strays) {

    public static final Questions NONE =
            new Questions(Set.of(), List.of(), Set.of(), Set.of(), List.of(), Set.of(), List.of(), List.of(), Set.of());

    /**
     * Whether rows of a wanted partition lie in DEFAULT.
     *
     * @param partition the DEFAULT partition
     * @param column the key
     * @param type the key's type
     * @param bound a range or values
     */
    public record DefaultRows(TableName partition, Identifier column, KeyType type, PartitionBound bound) {}

    /**
     * Whether rows of other tables refer to a range of a table.
     *
     * @param table the identity of the table that foreign keys point at
     * @param column its key
     * @param type the key's type
     * @param range the range
     */
    public record Referenced(long table, Identifier column, KeyType type, PartitionBound.Range range) {}

    /**
     * Whether a partition has a row with which it is to stay.
     *
     * @param partition which
     * @param unless what such rows are like; at least one
     */
    public record Keeping(TableName partition, List<Unless> unless) {}

    public Questions {
        names = Set.copyOf(names);
        defaults = List.copyOf(defaults);
        comments = Set.copyOf(comments);
        sizes = Set.copyOf(sizes);
        referenced = List.copyOf(referenced);
        indexed = Set.copyOf(indexed);
        keeping = List.copyOf(keeping);
        drifting = List.copyOf(drifting);
        strays = Set.copyOf(strays);
    }

    /** What is asked about partitions that are missing. */
    public static Questions aboutMissing(Set<TableName> names, List<DefaultRows> defaults) {
        return new Questions(names, defaults, Set.of(), Set.of(), List.of(), Set.of(), List.of(), List.of(), Set.of());
    }

    /** What is asked about partitions that have been kept long enough. */
    public static Questions aboutRetired(Set<Long> comments, Set<Long> sizes) {
        return new Questions(Set.of(), List.of(), comments, sizes, List.of(), Set.of(), List.of(), List.of(), Set.of());
    }

    /** What is asked about rows that keep a partition. */
    public static Questions aboutHolds(List<Referenced> referenced, List<Keeping> keeping) {
        return new Questions(
                Set.of(), List.of(), Set.of(), Set.of(), referenced, Set.of(), keeping, List.of(), Set.of());
    }

    /** What is asked about indexes that are missing. */
    public static Questions aboutIndexes(Set<Long> indexed, Set<TableName> names) {
        return new Questions(names, List.of(), Set.of(), Set.of(), List.of(), indexed, List.of(), List.of(), Set.of());
    }

    /** What is asked about partitions that are to be like their table. */
    public static Questions aboutDrift(CatalogTable table) {
        return new Questions(
                Set.of(), List.of(), Set.of(), Set.of(), List.of(), Set.of(), List.of(), List.of(table), Set.of());
    }

    /** What is asked about tables that somebody names. */
    public static Questions aboutStrays(Set<TableName> strays) {
        return new Questions(
                Set.of(), List.of(), Set.of(), Set.of(), List.of(), Set.of(), List.of(), List.of(), strays);
    }

    /** These and those. */
    public Questions and(Questions others) {
        return new Questions(
                union(names, others.names),
                Stream.concat(defaults.stream(), others.defaults.stream()).toList(),
                union(comments, others.comments),
                union(sizes, others.sizes),
                Stream.concat(referenced.stream(), others.referenced.stream()).toList(),
                union(indexed, others.indexed),
                Stream.concat(keeping.stream(), others.keeping.stream()).toList(),
                Stream.concat(drifting.stream(), others.drifting.stream()).toList(),
                union(strays, others.strays));
    }

    private static <T> Set<T> union(Set<T> some, Set<T> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
