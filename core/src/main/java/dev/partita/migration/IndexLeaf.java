package dev.partita.migration;

import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.step.Rewriting;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.List;

/**
 * Builds all indexes of a leaf that is full: sorting its rows once takes a third of the time of finding a place for each.
 *
 * @param leaf of the new table, which nobody uses yet
 * @param indexes those that it lacks
 */
record IndexLeaf(Rewrite rewrite, TableName leaf, List<IndexShape> indexes, Reason reason) implements Rewriting {

    IndexLeaf {
        indexes = List.copyOf(indexes);
    }

    @Override
    public TableName table() {
        return rewrite.table();
    }

    @Override
    public TableName relation() {
        return leaf;
    }

    @Override
    public Duration limit() {
        return Duration.ZERO;
    }

    @Override
    public Exclusive exclusive() {
        return new Exclusive(rewrite.table(), true);
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
