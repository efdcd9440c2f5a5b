package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionMethod;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A partition to be made, with everything below it.
 *
 * @param name how it is to be called
 * @param bound which rows it is to take
 * @param type of its parent's key, which says how the bound is written
 * @param divided by what it is divided further; empty for a leaf
 * @param children the partitions below; empty for a leaf
 */
public record NewPartition(
        TableName name, PartitionBound bound, KeyType type, Optional<Division> divided, List<NewPartition> children) {

    /** Which rows it is to take, as SQL has it. */
    public String clause() {
        return BoundSql.clause(bound, type).sql();
    }

    /**
     * The {@code PARTITION BY} of a relation.
     *
     * @param method how
     * @param column by what
     */
    public record Division(PartitionMethod method, Identifier column) {

        /** As it stands behind a {@code CREATE TABLE}. */
        public Sql clause() {
            return Sql.of("PARTITION BY {} ({})", method, column);
        }
    }

    public NewPartition {
        children = List.copyOf(children);
    }

    /** This partition and all below, parents first. */
    public Stream<NewPartition> tree() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(NewPartition::tree));
    }

    /** The bound as it stands behind {@code ATTACH PARTITION}. */
    public Sql boundClause() {
        return BoundSql.clause(bound, type);
    }
}
