package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a retired partition back into its table: the same table with the same rows. Its marker goes in the same transaction, so
 * that another retirement begins with a fresh grace.
 *
 * @param parent to what it is attached
 * @param partition what comes back
 * @param bound which rows it takes, read from its marker; printed anew, so that nothing else can stand in it
 * @param type the type of the key
 * @param neighbours what else ATTACH locks: DEFAULT partitions, referenced and referencing tables
 */
public record AttachAgain(
        TableName table,
        TableName parent,
        Retired partition,
        PartitionBound bound,
        KeyType type,
        List<RelationLock> neighbours,
        Reason reason)
        implements Step {

    public AttachAgain {
        neighbours = List.copyOf(neighbours);
    }

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(onParent().statement());
    }

    @Override
    public List<Sql> sql() {
        return partition.changed(
                Sql.of("ALTER TABLE {} ATTACH PARTITION {} {}", parent, partition.name(), BoundSql.clause(bound, type)),
                Sql.of(
                        "COMMENT ON TABLE {} IS {}",
                        partition.name(),
                        partition
                                .comment()
                                .rest()
                                .map(rest -> new Sql(Literal.of(rest).sql()))
                                .orElse(new Sql("NULL"))));
    }

    @Override
    public List<RelationLock> locks() {
        return RelationLock.strongest(Stream.concat(Stream.of(onParent(), partition.lock()), neighbours.stream()));
    }

    private RelationLock onParent() {
        return new RelationLock(parent, Lock.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public String words() {
        return "attach again";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.attachAgain(this);
    }
}
