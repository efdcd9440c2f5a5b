package dev.partita.step;

import dev.partita.catalog.AddedColumn;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.util.ArrayList;
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
 * @param columns that the table has gained meanwhile, and that it gets first
 * @param neighbours what else ATTACH locks: what hangs below it, DEFAULT partitions, referenced and referencing tables
 */
public record AttachAgain(
        TableName table,
        TableName parent,
        Retired partition,
        PartitionBound bound,
        KeyType type,
        List<AddedColumn> columns,
        List<RelationLock> neighbours,
        Reason reason)
        implements Step {

    public AttachAgain {
        columns = List.copyOf(columns);
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
        List<Sql> changes = new ArrayList<>();
        columns.forEach(column -> changes.add(column.addTo(partition.name())));
        changes.add(Sql.of(
                "ALTER TABLE {} ATTACH PARTITION {} {}", parent, partition.name(), BoundSql.clause(bound, type)));
        changes.add(withoutProof());
        changes.add(comment());
        return partition.changed(changes.toArray(Sql[]::new));
    }

    /**
     * DETACH CONCURRENTLY leaves the bounds as a check, which spares ATTACH a look at the rows and then only says again what they
     * are. It goes by what it says, never by its name; on all of 14 to 18 it prints like the bounds.
     */
    private Sql withoutProof() {
        Sql body = Sql.of(
                "DECLARE proof text; BEGIN SELECT conname INTO proof FROM pg_catalog.pg_constraint"
                        + " WHERE conrelid = to_regclass({}) AND contype = 'c' AND conislocal AND coninhcount = 0"
                        + " AND pg_get_constraintdef(oid) = 'CHECK (' || pg_get_partition_constraintdef(conrelid) || ')';"
                        + " IF FOUND THEN EXECUTE {} || quote_ident(proof); END IF; END",
                Literal.of(partition.name().sql()),
                Literal.of(Sql.of("ALTER TABLE {} DROP CONSTRAINT ", partition.name())
                        .sql()));
        return Sql.of("DO {}", Literal.of(body.sql()));
    }

    private Sql comment() {
        return Sql.of(
                "COMMENT ON TABLE {} IS {}",
                partition.name(),
                partition
                        .comment()
                        .rest()
                        .map(rest -> new Sql(Literal.of(rest).sql()))
                        .orElse(new Sql("NULL")));
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
    public boolean standsAlone() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.attachAgain(this);
    }
}
