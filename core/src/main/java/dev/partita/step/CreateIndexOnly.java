package dev.partita.step;

import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the frame of an index on a table with partitions, without anything on the partitions that are there. It is invalid until
 * each of them has its part; a partition that is attached meanwhile gets its own.
 *
 * <p>Writes wait for a moment, as long as the catalog is written; nothing is scanned.
 *
 * @param parent on what: the table itself or a branch of it
 * @param name how the index is called
 * @param index what is wanted
 */
public record CreateIndexOnly(TableName table, TableName parent, Identifier name, IndexDeclaration index, Reason reason)
        implements Step {

    /** The index; it lies in its table's schema. */
    @Override
    public TableName relation() {
        return parent.sibling(name);
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(onParent().statement());
    }

    @Override
    public Set<TableName> needs() {
        return Set.of(relation(), parent);
    }

    @Override
    public List<Sql> sql() {
        return List.of(IndexSql.onOnly(index.named(name), parent));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onParent());
    }

    private RelationLock onParent() {
        return new RelationLock(parent, Lock.SHARE);
    }

    @Override
    public String words() {
        return "create index on only";
    }

    @Override
    public boolean builds() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.createIndexOnly(this);
    }
}
