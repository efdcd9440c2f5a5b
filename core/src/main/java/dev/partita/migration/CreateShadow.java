package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Dressing;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the new table, empty, without partitions and indexes.
 *
 * @param shadow what is made
 * @param dressing what it takes over from the old one
 */
record CreateShadow(Rewrite rewrite, NewPartition shadow, Dressing dressing, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return shadow.name();
    }

    /** Its key has to be NOT NULL in both, and a primary key makes it so only later. */
    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>(dressing.create(shadow, rewrite.table()));
        rewrite.noted()
                .forEach(column -> statements.add(
                        Sql.of("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", shadow.name(), column.name())));
        return statements;
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(rewrite.table(), Lock.ACCESS_SHARE));
    }

    @Override
    public String words() {
        return "create the new table";
    }
}
