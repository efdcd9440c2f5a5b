package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Set;

/**
 * Makes a partition's index a part of its parent's. With the last one PostgreSQL marks the parent's index valid; to say again
 * what is so already only makes it look whether it was the last.
 *
 * @param partition whose index it is, a leaf or a branch
 * @param index the partition's index
 * @param parentIndex the index of which it becomes a part
 */
public record AttachIndex(TableName table, TableName partition, TableName index, TableName parentIndex, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return index;
    }

    @Override
    public Set<TableName> needs() {
        return Set.of(index, parentIndex);
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ALTER INDEX {} ATTACH PARTITION {}", parentIndex, index));
    }

    /** Whoever reads the partition looks at all its indexes. */
    @Override
    public List<RelationLock> locks() {
        return List.of(
                new RelationLock(parentIndex, Lock.SHARE_UPDATE_EXCLUSIVE),
                new RelationLock(index, Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "attach index";
    }

    @Override
    public boolean builds() {
        return true;
    }

    /** Lost, the index stands by itself again, and the next run attaches it. */
    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.attachIndex(this);
    }
}
