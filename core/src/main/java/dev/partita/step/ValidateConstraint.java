package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Looks whether all rows of a partition fulfil a check that holds for new ones only so far. It reads the partition, while everybody
 * reads and writes.
 *
 * @param partition a leaf
 * @param constraint its check
 */
public record ValidateConstraint(TableName table, Attached partition, Identifier constraint, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return List.of(
                onPartition().statement(),
                partition.guard(),
                Sql.of("ALTER TABLE {} VALIDATE CONSTRAINT {}", partition.name(), constraint));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onPartition());
    }

    private RelationLock onPartition() {
        return new RelationLock(partition.name(), Lock.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public String words() {
        return "validate constraint";
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.validateConstraint(this);
    }
}
