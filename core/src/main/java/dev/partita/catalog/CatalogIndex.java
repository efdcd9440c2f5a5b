package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * An index of a table, or the unique constraint behind it.
 *
 * @param name its name
 * @param kind what it is for
 * @param valid whether every partition has its part of it
 * @param method the access method
 * @param parts what it orders
 * @param include columns it only carries
 * @param partial whether it has a WHERE
 */
public record CatalogIndex(
        Identifier name,
        Kind kind,
        boolean valid,
        String method,
        List<Part> parts,
        List<Identifier> include,
        boolean partial) {

    /** What an index is for. */
    public enum Kind {
        PLAIN,
        UNIQUE_INDEX,
        UNIQUE_CONSTRAINT,
        PRIMARY_KEY,
        EXCLUSION
    }

    /**
     * A column or expression of an index.
     *
     * @param column empty for an expression
     * @param descending whether largest first
     */
    public record Part(Optional<Identifier> column, boolean descending) {}

    public CatalogIndex {
        parts = List.copyOf(parts);
        include = List.copyOf(include);
    }

    /** Whether PostgreSQL wants the partition key among its columns. */
    public boolean enforcesUniqueness() {
        return kind != Kind.PLAIN;
    }

    /** Its columns in order, without expressions. */
    public List<Identifier> columns() {
        return parts.stream().flatMap(part -> part.column().stream()).toList();
    }
}
