package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Takes back a promise about DEFAULT, after its use or when a crash left it behind.
 *
 * @param partition the DEFAULT partition
 * @param constraint the promise
 */
public record DropExclusion(TableName table, TableName partition, Identifier constraint, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return partition;
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", partition, constraint));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(partition, Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "take back the exclusion";
    }

    @Override
    public boolean evenAfterFailure() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.dropExclusion(this);
    }
}
