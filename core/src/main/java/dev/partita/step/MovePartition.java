package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Moves a retired partition into another schema, with its indexes.
 *
 * @param partition what is moved, under its present name
 * @param schema where to
 */
public record MovePartition(TableName table, Retired partition, Identifier schema, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return partition.changed(Sql.of("ALTER TABLE {} SET SCHEMA {}", partition.name(), schema));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(partition.lock());
    }

    @Override
    public String words() {
        return "move partition";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.movePartition(this);
    }
}
