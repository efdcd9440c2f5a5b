package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The old table, down to everything that has to come across.
 *
 * @param table what the catalog says of every table
 * @param logged whether a crash leaves its rows
 * @param forced whether row-level security holds for its owner as well
 * @param inherits whether it has a parent or children by inheritance or partitioning
 * @param filenode in which file its rows lie
 * @param storage its storage parameters, TOAST's included
 * @param columns in order
 * @param indexes those of constraints included
 * @param keys its foreign keys
 * @param triggers those of people
 * @param views that read it, in the order in which they were made
 * @param dependents what else refers to it, in PostgreSQL's words
 */
record Source(
        CatalogTable table,
        boolean logged,
        boolean forced,
        boolean inherits,
        long filenode,
        SortedMap<String, String> storage,
        List<Column> columns,
        List<Index> indexes,
        List<ForeignKey> keys,
        List<Trigger> triggers,
        List<View> views,
        List<String> dependents) {

    Source {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        keys = List.copyOf(keys);
        triggers = List.copyOf(triggers);
        views = List.copyOf(views);
        dependents = List.copyOf(dependents);
    }

    /**
     * A column.
     *
     * @param generated whether PostgreSQL computes it
     * @param identity {@code ALWAYS} or {@code BY DEFAULT}
     * @param sequence what counts it, for identity and serial columns
     * @param counting how an identity counts
     * @param hashable whether two values can be compared by a hash
     */
    record Column(
            Identifier name,
            boolean generated,
            Optional<String> identity,
            Optional<TableName> sequence,
            Optional<String> counting,
            boolean hashable) {}

    /** How uniqueness is declared. */
    enum Constraint {
        NONE,
        PRIMARY_KEY,
        UNIQUE,
        EXCLUSION
    }

    /**
     * An index.
     *
     * @param constraint what it stands behind
     * @param tail how it is made, but for its name and its table; empty if PostgreSQL prints it unexpectedly
     * @param columns of its key, without expressions
     * @param parts of its key, expressions included
     */
    record Index(
            Identifier name,
            boolean valid,
            boolean unique,
            Constraint constraint,
            Optional<String> tail,
            List<Identifier> columns,
            int parts,
            boolean partial) {

        Index {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A foreign key.
     *
     * @param definition behind its name
     */
    record ForeignKey(Identifier name, String definition, TableName referenced) {}

    /**
     * A trigger.
     *
     * @param definition the whole statement that makes it
     * @param enabled {@code O}, {@code D}, {@code R} or {@code A}, as the catalog has it
     */
    record Trigger(Identifier name, String definition, char enabled) {}

    /**
     * A view.
     *
     * @param definition the query
     * @param options such as {@code security_barrier=true}; empty for none
     */
    record View(TableName name, String definition, String options) {}

    /** Whether every value has a hash; else rows are compared by their text. */
    boolean hashable() {
        return columns.stream().filter(column -> !column.generated()).allMatch(Column::hashable);
    }
}
