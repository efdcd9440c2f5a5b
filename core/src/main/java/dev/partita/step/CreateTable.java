package dev.partita.step;

import dev.partita.catalog.SessionSettings;
import dev.partita.declaration.CreateSql;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Makes a declared table that does not exist, from the user's own statement.
 *
 * @param create the statement without {@code PARTITION BY}
 * @param division by what it is partitioned
 * @param references tables that its foreign keys point at, and their partitions
 */
public record CreateTable(
        TableName table, CreateSql create, NewPartition.Division division, List<TableName> references, Reason reason)
        implements Step {

    public CreateTable {
        references = List.copyOf(references);
    }

    @Override
    public TableName relation() {
        return table;
    }

    /** An unqualified name in the user's statement means the declared schema, and nothing else. */
    @Override
    public List<Sql> sql() {
        return List.of(
                SessionSettings.searchPathFor(table.schema()),
                new Sql(create.sql() + "\n" + division.clause()),
                SessionSettings.SEARCH_PATH);
    }

    @Override
    public List<RelationLock> locks() {
        return references.stream()
                .map(referenced -> new RelationLock(referenced, Lock.SHARE_ROW_EXCLUSIVE))
                .toList();
    }

    @Override
    public String words() {
        return "create table";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.createTable(this);
    }
}
