package dev.partita.step;

import dev.partita.catalog.AddedColumn;
import dev.partita.catalog.CheckConstraint;
import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a retired partition fit into its table again before it comes back: what the table has gained meanwhile, it gets. Its rows
 * are looked through for that, while it is in nobody's way; one that breaks a constraint refuses it.
 *
 * @param partition what is to come back
 * @param below what hangs below it, where it is a branch
 * @param columns that the table has gained
 * @param notNull columns that may not be NULL any more
 * @param checks that the table has gained
 */
public record AlignPartition(
        TableName table,
        Retired partition,
        List<TableName> below,
        List<AddedColumn> columns,
        List<Identifier> notNull,
        List<CheckConstraint> checks,
        Reason reason)
        implements Step {

    public AlignPartition {
        below = List.copyOf(below);
        columns = List.copyOf(columns);
        notNull = List.copyOf(notNull);
        checks = List.copyOf(checks);
    }

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        List<Sql> changes = new ArrayList<>();
        columns.forEach(column -> changes.add(column.addTo(partition.name())));
        notNull.forEach(
                column -> changes.add(Sql.of("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", partition.name(), column)));
        checks.forEach(check -> changes.add(Sql.of(
                "ALTER TABLE {} ADD CONSTRAINT {} {}", partition.name(), check.name(), new Sql(check.definition()))));
        return partition.changed(changes.toArray(Sql[]::new));
    }

    @Override
    public List<RelationLock> locks() {
        return RelationLock.strongest(Stream.concat(
                Stream.of(partition.lock()),
                below.stream().map(leaf -> new RelationLock(leaf, Lock.ACCESS_EXCLUSIVE))));
    }

    /** It reads all of a partition, in nobody's way. */
    @Override
    public Duration limit() {
        return Duration.ZERO;
    }

    @Override
    public Exclusive exclusive() {
        return new Exclusive(relation(), false);
    }

    @Override
    public String words() {
        return "align partition";
    }

    @Override
    public boolean standsAlone() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.alignPartition(this);
    }
}
