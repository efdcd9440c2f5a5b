package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Takes a partition out of its table while everybody reads and writes.
 *
 * <p>PostgreSQL does it in two transactions and waits between them for everybody who has used the table; interrupted there, the
 * partition is left half detached, its rows out of sight, until {@link FinalizeDetach}. So it is begun only when nobody old is
 * about, it has no {@code lock_timeout}, and when it is interrupted all the same it is finished at once or by the next run.
 *
 * @param partition what is taken out, and from what
 */
public record DetachConcurrently(TableName table, Attached partition, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    /** From what it is taken; the table itself or a branch of it. */
    public TableName parent() {
        return partition.parent();
    }

    /** Makes sure, in a transaction before, that the partition is the one that is meant. */
    public Sql guard() {
        return partition.guard();
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ALTER TABLE {} DETACH PARTITION {} CONCURRENTLY", parent(), relation()));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(
                new RelationLock(parent(), Lock.SHARE_UPDATE_EXCLUSIVE),
                new RelationLock(relation(), Lock.ACCESS_EXCLUSIVE));
    }

    /** For everybody who has used the table, so that nobody sees a part of it. */
    @Override
    public List<RelationLock> waitsFor() {
        return List.of(
                new RelationLock(parent(), Lock.ACCESS_EXCLUSIVE), new RelationLock(relation(), Lock.ACCESS_EXCLUSIVE));
    }

    /** What finishes it when it was interrupted between its halves. */
    public FinalizeDetach remedy() {
        return new FinalizeDetach(table, parent(), relation(), reason);
    }

    @Override
    public String words() {
        return "detach partition concurrently";
    }

    @Override
    public boolean transactional() {
        return false;
    }

    @Override
    public boolean retires() {
        return true;
    }

    /** Lost, the partition is in its place again, and the next run takes it out again. */
    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.detachConcurrently(this);
    }
}
