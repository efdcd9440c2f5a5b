package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a retired partition anew in another tablespace, with its indexes; what lies there already is left alone. Nobody reads it
 * meanwhile, and nobody but people would: it is out of its table. A partition that is attached is never treated so.
 *
 * @param partition what is moved
 * @param leaves what holds its rows: itself, or what hangs below it
 * @param indexes those of the leaves
 * @param tablespace where to
 */
public record StoreElsewhere(
        TableName table,
        Retired partition,
        List<TableName> leaves,
        List<TableName> indexes,
        Identifier tablespace,
        Reason reason)
        implements Step {

    public StoreElsewhere {
        leaves = List.copyOf(leaves);
        indexes = List.copyOf(indexes);
    }

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        List<Sql> changes = new ArrayList<>();
        leaves.forEach(leaf -> changes.add(Sql.of("ALTER TABLE {} SET TABLESPACE {}", leaf, tablespace)));
        indexes.forEach(index -> changes.add(Sql.of("ALTER INDEX {} SET TABLESPACE {}", index, tablespace)));
        return partition.changed(changes.toArray(Sql[]::new));
    }

    @Override
    public List<RelationLock> locks() {
        return RelationLock.strongest(Stream.concat(
                Stream.of(partition.lock()),
                leaves.stream().map(leaf -> new RelationLock(leaf, Lock.ACCESS_EXCLUSIVE))));
    }

    @Override
    public String words() {
        return "store partition elsewhere";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public boolean takesLong() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.storeElsewhere(this);
    }
}
