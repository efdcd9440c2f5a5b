package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Gives the new table the foreign key that each of its leaves has, and so reads no row.
 *
 * @param key the foreign key
 */
record AdoptForeignKey(Rewrite rewrite, Source.ForeignKey key, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.table();
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(
                Sql.of("LOCK TABLE ONLY {}, {} IN SHARE ROW EXCLUSIVE MODE", rewrite.table(), key.referenced()));
    }

    @Override
    public List<Sql> sql() {
        return Exchange.key(rewrite.table(), key.name(), new Sql(key.definition()), key.comment());
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(
                new RelationLock(rewrite.table(), Lock.SHARE_ROW_EXCLUSIVE),
                new RelationLock(key.referenced(), Lock.SHARE_ROW_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "adopt foreign key";
    }
}
