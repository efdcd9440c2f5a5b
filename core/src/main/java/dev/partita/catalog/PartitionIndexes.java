package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * The indexes of one partition.
 *
 * @param owned whether we have its owner's rights without taking them for a transaction
 * @param indexes all of them, by name
 */
public record PartitionIndexes(boolean owned, List<Part> indexes) {

    /** Of a partition that has none. */
    public static final PartitionIndexes NONE = new PartitionIndexes(true, List.of());

    public PartitionIndexes {
        indexes = List.copyOf(indexes);
    }

    /**
     * An index of a partition.
     *
     * @param index what it is
     * @param ordinary whether it has the usual operators, collations and place of NULLs, as an index that is declared has
     * @param partOf the name of the parent's index of which it is a part; empty when it stands by itself
     * @param building whether somebody builds an index of the partition at this moment; then an invalid one may be in the making
     */
    public record Part(CatalogIndex index, boolean ordinary, Optional<Identifier> partOf, boolean building) {

        public Identifier name() {
            return index.name();
        }
    }
}
