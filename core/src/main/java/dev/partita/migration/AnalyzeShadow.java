package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Collects statistics of the new table as a whole and of each leaf, so that the first plans for it are as good as those for the old
 * one. Autovacuum never looks at a partitioned table as a whole.
 */
record AnalyzeShadow(Rewrite rewrite, Reason reason) implements BesideOthers {

    @Override
    public TableName relation() {
        return rewrite.shadow();
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("ANALYZE {}", rewrite.shadow()));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(rewrite.shadow(), Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "analyze";
    }

    @Override
    public boolean repeatable() {
        return true;
    }
}
