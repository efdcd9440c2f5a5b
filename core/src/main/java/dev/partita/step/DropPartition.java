package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Drops a retired partition when its grace is over. Under its lock it is looked at once more: it has to be the very table that
 * the plan means, still out of its parent, with its marker untouched.
 *
 * @param partition what is dropped
 */
public record DropPartition(TableName table, Retired partition, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return List.of(
                Sql.of("LOCK TABLE ONLY {} IN {} MODE", partition.name(), Lock.ACCESS_EXCLUSIVE),
                partition.guard(),
                Sql.of("DROP TABLE {}", partition.name()));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(partition.name(), Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "drop partition";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.dropPartition(this);
    }
}
