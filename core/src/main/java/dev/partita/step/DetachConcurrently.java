package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Takes a partition out of its table while everybody reads and writes.
 *
 * <p>PostgreSQL does it in two transactions and waits between them for everybody who has used the table; interrupted there, the
 * partition is left half detached, its rows out of sight, until {@link FinalizeDetach}. So it is begun only when nobody old is
 * about, it has no {@code lock_timeout}, and when it is interrupted all the same it is finished at once or by the next run.
 *
 * @param partition what is taken out, and from what
 */
public record DetachConcurrently(TableName table, Attached partition, Reason reason) implements Concurrent {

    @Override
    public TableName relation() {
        return partition.name();
    }

    /** From what it is taken; the table itself or a branch of it. */
    public TableName parent() {
        return partition.parent();
    }

    @Override
    public Sql found() {
        return partition.found();
    }

    @Override
    public String elsewhere() {
        return partition.elsewhere();
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

    /** Between its halves it waits for everybody who has used the table, while the partition's rows are out of sight. */
    @Override
    public Optional<TableName> unused() {
        return Optional.of(parent());
    }

    /** What finishes it when it was interrupted between its halves. */
    @Override
    public Optional<Remedy> remedy() {
        return Optional.of(new Remedy(
                Sql.of(
                        "SELECT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass({}) AND inhdetachpending)",
                        Literal.of(relation().sql())),
                new FinalizeDetach(table, parent(), relation(), reason),
                true));
    }

    @Override
    public String words() {
        return "detach partition concurrently";
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
