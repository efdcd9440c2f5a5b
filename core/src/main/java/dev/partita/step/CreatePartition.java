package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a partition and everything below it on its own, and attaches it whole, in one transaction.
 *
 * <p>{@code CREATE TABLE … PARTITION OF} would take ACCESS EXCLUSIVE on the parent and stop every query; ATTACH takes SHARE
 * UPDATE EXCLUSIVE, which stops none. Both halves share a transaction, so that a crash leaves nothing half-made. The parent
 * is locked before its child, as the application does, so that no deadlock can arise.
 *
 * @param parent to what it is attached; the table itself or a branch of it
 * @param partition what is made
 * @param dressing what it takes over from the table
 * @param neighbours what else ATTACH locks: DEFAULT partitions, referenced and referencing tables
 */
public record CreatePartition(
        TableName table,
        TableName parent,
        NewPartition partition,
        Dressing dressing,
        List<RelationLock> neighbours,
        Reason reason)
        implements Step {

    public CreatePartition {
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
        List<Sql> statements = build();
        statements.add(attach());
        return statements;
    }

    /** Makes it with everything below, on its own. */
    List<Sql> build() {
        List<Sql> statements = new ArrayList<>();
        build(partition, parent, statements);
        return statements;
    }

    private void build(NewPartition made, TableName under, List<Sql> statements) {
        statements.addAll(dressing.create(made, under));
        made.children().forEach(child -> {
            build(child, made.name(), statements);
            statements.add(attach(child, made.name()));
        });
    }

    /** Makes it a part of its parent. */
    Sql attach() {
        return attach(partition, parent);
    }

    private static Sql attach(NewPartition made, TableName under) {
        return Sql.of("ALTER TABLE {} ATTACH PARTITION {} {}", under, made.name(), made.boundClause());
    }

    @Override
    public List<RelationLock> locks() {
        return RelationLock.strongest(Stream.concat(Stream.of(onParent()), neighbours.stream()));
    }

    private RelationLock onParent() {
        return new RelationLock(parent, Lock.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public String words() {
        return "create partition";
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.createPartition(this);
    }
}
