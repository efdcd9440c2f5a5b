package dev.partita.step;

import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Makes a declared index on a table that has no partitions yet, so that nothing is scanned.
 *
 * @param index what is wanted
 */
public record CreateIndex(TableName table, IndexDeclaration index, Reason reason) implements Step {

    @Override
    public TableName relation() {
        return table;
    }

    @Override
    public List<Sql> sql() {
        return List.of(IndexSql.create(index, table));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(table, Lock.SHARE));
    }

    @Override
    public String words() {
        return "create index";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.createIndex(this);
    }
}
