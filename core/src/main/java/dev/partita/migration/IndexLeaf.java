package dev.partita.migration;

import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Builds all indexes of a leaf that is full: sorting its rows once takes a third of the time of finding a place for each.
 *
 * @param leaf of the new table, which nobody uses yet
 * @param indexes those that it lacks
 */
record IndexLeaf(Rewrite rewrite, TableName leaf, List<IndexShape> indexes, Reason reason) implements BesideOthers {

    IndexLeaf {
        indexes = List.copyOf(indexes);
    }

    @Override
    public TableName relation() {
        return leaf;
    }

    @Override
    public List<Sql> sql() {
        return indexes.stream().map(index -> index.onLeaf(leaf)).toList();
    }

    @Override
    public List<RelationLock> locks() {
        return List.of();
    }

    @Override
    public String words() {
        return "build indexes";
    }

    @Override
    public boolean repeatable() {
        return true;
    }
}
