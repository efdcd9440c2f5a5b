package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Proves a foreign key of a leaf, which holds for new rows already, while everybody works.
 *
 * @param constraint the foreign key
 */
record ProveForeignKey(Rewrite rewrite, TableName leaf, Identifier constraint, Reason reason) implements BesideOthers {

    @Override
    public TableName relation() {
        return leaf;
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ALTER TABLE {} VALIDATE CONSTRAINT {}", leaf, constraint));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(leaf, Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "prove foreign key";
    }
}
