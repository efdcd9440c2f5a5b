package dev.partita.step;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Promises that a large DEFAULT holds no row of a future range, so that ATTACH need not scan it under ACCESS EXCLUSIVE.
 *
 * <p>From here until {@link DropExclusion} DEFAULT refuses rows of the range, so it is only ever done for a range that lies
 * well in the future.
 *
 * @param exclusion what is promised
 */
public record ExcludeFromDefault(TableName table, Exclusion exclusion, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return exclusion.partition();
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of(
                "ALTER TABLE {} ADD CONSTRAINT {} CHECK ({}) NOT VALID",
                exclusion.partition(),
                exclusion.constraint(),
                exclusion.condition()));
    }

    /** Short: nothing is scanned. */
    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(exclusion.partition(), Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "exclude range from DEFAULT";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.excludeFromDefault(this);
    }
}
