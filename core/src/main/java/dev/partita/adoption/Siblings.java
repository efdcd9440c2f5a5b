package dev.partita.adoption;

import dev.partita.catalog.CatalogPartition;
import dev.partita.sql.Identifier;
import java.util.List;

/**
 * The partitions of one relation.
 *
 * @param parent its own name, of which theirs are often made
 * @param partitions in no particular order
 */
record Siblings(Identifier parent, List<CatalogPartition> partitions) {

    static Siblings of(CatalogPartition parent) {
        return new Siblings(parent.name().name(), parent.partitions());
    }
}
