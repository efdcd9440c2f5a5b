package dev.partita.step;

import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds an index on a partition while everybody reads and writes.
 *
 * <p>It waits for writers of the partition, and for everybody in the database whose snapshot is older, without a bound; nobody
 * waits for it meanwhile. Interrupted it leaves an INVALID index, which costs every write and serves no query, so it is taken
 * back at once or by the next run.
 *
 * @param partition on what, a leaf
 * @param name how the index is called
 * @param index what is wanted
 */
public record CreateIndexConcurrently(
        TableName table, TableName partition, Identifier name, IndexDeclaration index, Reason reason)
        implements Concurrent {

    /** The index; it lies in its partition's schema. */
    @Override
    public TableName relation() {
        return partition.sibling(name);
    }

    /** The partition is there, is a plain table, and hangs below another. */
    @Override
    public Sql found() {
        return Sql.of(
                "SELECT FROM pg_catalog.pg_class c WHERE c.oid = to_regclass({}) AND c.relkind = 'r' AND c.relispartition",
                Literal.of(partition.sql()));
    }

    @Override
    public String elsewhere() {
        return partition.sql() + " is no partition any more";
    }

    @Override
    public Set<TableName> needs() {
        return Set.of(relation(), partition);
    }

    @Override
    public List<Sql> sql() {
        return List.of(IndexSql.concurrently(index.named(name), partition));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(partition, Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    /** For everybody who writes into the partition, so that no row is missed. */
    @Override
    public List<RelationLock> waitsFor() {
        return List.of(new RelationLock(partition, Lock.SHARE));
    }

    @Override
    public Optional<Remedy> remedy() {
        DropIndexConcurrently takenBack = new DropIndexConcurrently(
                table, partition, name, true, new Reason(Reason.Why.LEFTOVER, "its build was interrupted"));
        return Optional.of(new Remedy(Sql.of("SELECT EXISTS ({})", takenBack.found()), takenBack, false));
    }

    @Override
    public String words() {
        return "create index concurrently";
    }

    @Override
    public boolean builds() {
        return true;
    }

    /** Lost, it is not there or invalid, and the next run builds it again. */
    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.createIndexConcurrently(this);
    }
}
