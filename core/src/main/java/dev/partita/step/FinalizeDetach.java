package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Finishes a {@code DETACH … CONCURRENTLY} that was interrupted. Until then the partition's rows are out of sight and new rows
 * of it are refused, and no other partition of the table can be detached concurrently; so it comes before everything else.
 *
 * <p>Tried with {@code lock_timeout} and repeated, because a try that gives up leaves things as they were.
 *
 * @param parent from what it is taken
 * @param partition what is half detached
 */
public record FinalizeDetach(TableName table, TableName parent, TableName partition, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return partition;
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(onParent().statement());
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ALTER TABLE {} DETACH PARTITION {} FINALIZE", parent, partition));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onParent(), new RelationLock(partition, Lock.ACCESS_EXCLUSIVE));
    }

    private RelationLock onParent() {
        return new RelationLock(parent, Lock.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public String words() {
        return "finish detaching";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.finalizeDetach(this);
    }
}
