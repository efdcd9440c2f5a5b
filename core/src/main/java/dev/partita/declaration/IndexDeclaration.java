package dev.partita.declaration;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * An index that is to exist.
 *
 * @param name empty for PostgreSQL's own choice
 * @param unique whether it forbids equal rows; then it must hold every level's key
 * @param method the access method, usually {@code btree}
 * @param columns what it orders, at least one
 * @param include columns that it only carries
 */
public record IndexDeclaration(
        Optional<Identifier> name, boolean unique, String method, List<Column> columns, List<Identifier> include) {

    /**
     * A column of the index.
     *
     * @param column its name
     * @param descending whether largest first
     */
    public record Column(Identifier column, boolean descending) {}

    public IndexDeclaration {
        columns = List.copyOf(columns);
        include = List.copyOf(include);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("an index without columns");
        }
    }

    /** A plain index on these columns. */
    public static IndexDeclaration on(String... columns) {
        return new IndexDeclaration(
                Optional.empty(),
                false,
                "btree",
                java.util.Arrays.stream(columns)
                        .map(column -> new Column(Identifier.of(column), false))
                        .toList(),
                List.of());
    }
}
