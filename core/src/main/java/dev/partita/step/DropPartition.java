package dev.partita.step;

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
        return partition.changed(Sql.of("DROP TABLE {}", partition.name()));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(partition.lock());
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
