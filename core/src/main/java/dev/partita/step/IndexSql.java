package dev.partita.step;

import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.stream.Collectors;

/** Writes {@code CREATE INDEX}. */
final class IndexSql {

    private IndexSql() {}

    static Sql create(IndexDeclaration index, TableName relation) {
        String columns = index.columns().stream()
                .map(column -> column.column().sql() + (column.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
        return Sql.of(
                "CREATE {}INDEX {}ON {}{} ({}){}",
                new Sql(index.unique() ? "UNIQUE " : ""),
                new Sql(index.name().map(name -> name.sql() + " ").orElse("")),
                relation,
                new Sql(
                        index.method().equals("btree")
                                ? ""
                                : " USING " + Identifier.of(index.method()).sql()),
                new Sql(columns),
                new Sql(index.include().isEmpty() ? "" : " INCLUDE (" + Sql.list(index.include()) + ")"));
    }
}
