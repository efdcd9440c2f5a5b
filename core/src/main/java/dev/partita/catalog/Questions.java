package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Set;

/**
 * What planning wants to know beyond the catalog, because it depends on what is missing.
 *
 * @param names wanted names that must not be taken
 * @param defaults ranges whose rows may already lie in a DEFAULT partition
 */
public record Questions(Set<TableName> names, List<DefaultRows> defaults) {

    /**
     * Whether rows of a wanted partition lie in DEFAULT.
     *
     * @param partition the DEFAULT partition
     * @param column the key
     * @param type the key's type
     * @param bound a range or values
     */
    public record DefaultRows(TableName partition, Identifier column, KeyType type, PartitionBound bound) {}

    public Questions {
        names = Set.copyOf(names);
        defaults = List.copyOf(defaults);
    }

    public boolean isEmpty() {
        return names.isEmpty() && defaults.isEmpty();
    }
}
