package dev.partita.step;

import dev.partita.catalog.Marker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a partition out of its table at one stroke: its rows are in the table before, and in a table of their own afterwards.
 *
 * <p>Plain DETACH stops everybody who uses the table, its DEFAULT, or a table that references it, for a moment, and waits for
 * them no longer than {@code lock_timeout}. It is the way where {@link DetachConcurrently} is not: beside a DEFAULT PostgreSQL
 * refuses that one, and with foreign keys that point here its second half waits, without a bound, in front of everybody who uses
 * the referencing table.
 *
 * @param partition what is taken out, and from what
 * @param comment its new comment: the marker, and what stood there
 * @param neighbours what else DETACH locks: DEFAULT, referencing tables
 */
public record DetachPartition(
        TableName table, Attached partition, Marker.Comment comment, List<RelationLock> neighbours, Reason reason)
        implements Step {

    public DetachPartition {
        neighbours = List.copyOf(neighbours);
    }

    @Override
    public TableName relation() {
        return partition.name();
    }

    /** From what it is taken; the table itself or a branch of it. */
    public TableName parent() {
        return partition.parent();
    }

    /** The parent before its partition, as the application does, so that no deadlock can arise. */
    @Override
    public Optional<Sql> lock() {
        return Optional.of(exclusive(parent()).statement());
    }

    @Override
    public List<Sql> sql() {
        return List.of(
                partition.guard(),
                Sql.of("COMMENT ON TABLE {} IS {}", relation(), Literal.of(comment.text())),
                Sql.of("ALTER TABLE {} DETACH PARTITION {}", parent(), relation()));
    }

    @Override
    public List<RelationLock> locks() {
        return RelationLock.strongest(
                Stream.concat(Stream.of(exclusive(parent()), exclusive(relation())), neighbours.stream()));
    }

    private static RelationLock exclusive(TableName relation) {
        return new RelationLock(relation, Lock.ACCESS_EXCLUSIVE);
    }

    /** Plain DETACH looks for rows that refer to the partition, while everybody waits. */
    @Override
    public Duration limit() {
        return Duration.ofSeconds(1);
    }

    @Override
    public String words() {
        return "detach partition";
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
        return visitor.detachPartition(this);
    }
}
