package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Freezes the rows of a table that was just filled and notes which of its pages everybody sees, so that the first readers do not
 * have to, and no storm of freezing comes for all of them at once. Without helpers of its own, because others of its kind run
 * beside it; nothing is dead yet that they could clear up.
 *
 * @param relation what is vacuumed
 */
public record VacuumTable(TableName table, TableName relation, Reason reason) implements Concurrent {

    @Override
    public Sql found() {
        return Sql.of("SELECT FROM pg_class WHERE oid = to_regclass({})", Literal.of(relation.sql()));
    }

    @Override
    public String elsewhere() {
        return relation.sql() + " is gone";
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("VACUUM (FREEZE, PARALLEL 0) {}", relation));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(relation, Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "vacuum";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.vacuumTable(this);
    }
}
