package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes a foreign key off a retired partition before it is dropped, on its own: to remove its triggers PostgreSQL locks the
 * referenced table, and one at a time nobody waits for more than that.
 *
 * @param partition what is retired
 * @param constraint the foreign key
 * @param referenced the table that it points at
 */
public record DropForeignKey(
        TableName table, Retired partition, Identifier constraint, TableName referenced, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return Stream.concat(
                        Stream.of(onReferenced().statement()),
                        partition
                                .changed(Sql.of("ALTER TABLE {} DROP CONSTRAINT {}", partition.name(), constraint))
                                .stream())
                .toList();
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onReferenced(), partition.lock());
    }

    private RelationLock onReferenced() {
        return new RelationLock(referenced, Lock.ACCESS_EXCLUSIVE);
    }

    @Override
    public String words() {
        return "drop foreign key";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.dropForeignKey(this);
    }
}
