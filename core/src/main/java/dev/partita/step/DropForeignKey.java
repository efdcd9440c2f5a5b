package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Takes a foreign key off a retired partition before it is dropped, on its own: to remove its triggers PostgreSQL locks the
 * referenced table, and one at a time nobody waits for more than that.
 *
 * @param partition what is retired
 * @param constraint the foreign key
 * @param referenced the table that it points at
 */
public record DropForeignKey(
        TableName table, Retired partition, Identifier constraint, TableName referenced, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return List.of(
                Sql.of("LOCK TABLE ONLY {} IN {} MODE", referenced, Lock.ACCESS_EXCLUSIVE),
                Sql.of("LOCK TABLE ONLY {} IN {} MODE", partition.name(), Lock.ACCESS_EXCLUSIVE),
                partition.guard(),
                Sql.of("ALTER TABLE {} DROP CONSTRAINT {}", partition.name(), constraint));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(
                new RelationLock(referenced, Lock.ACCESS_EXCLUSIVE),
                new RelationLock(partition.name(), Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "drop foreign key";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.dropForeignKey(this);
    }
}
