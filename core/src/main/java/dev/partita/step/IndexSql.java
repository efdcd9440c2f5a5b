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
        return create(index, "", "", relation);
    }

    /** On a table with partitions, and on none of these. */
    static Sql onOnly(IndexDeclaration index, TableName relation) {
        return create(index, "", "ONLY ", relation);
    }

    static Sql concurrently(IndexDeclaration index, TableName relation) {
        return create(index, "CONCURRENTLY ", "", relation);
    }

    private static Sql create(IndexDeclaration index, String how, String only, TableName relation) {
        String columns = index.columns().stream()
                .map(column -> column.column().sql() + (column.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
        return Sql.of(
                "CREATE {}INDEX {}{}ON {}{}{} ({}){}",
                new Sql(index.unique() ? "UNIQUE " : ""),
                new Sql(how),
                new Sql(index.name().map(name -> name.sql() + " ").orElse("")),
                new Sql(only),
                relation,
                new Sql(
                        index.method().equals(IndexDeclaration.BTREE)
                                ? ""
                                : " USING " + Identifier.of(index.method()).sql()),
                new Sql(columns),
                new Sql(index.include().isEmpty() ? "" : " INCLUDE (" + Sql.list(index.include()) + ")"));
    }
}
