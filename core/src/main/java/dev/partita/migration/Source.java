package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The old table, down to everything that has to come across.
 *
 * @param table what the catalog says of every table
 * @param storage its storage parameters, TOAST's included
 * @param columns in order
 * @param sequences that belong to its columns
 * @param checks its conditions
 * @param indexes those of constraints included
 * @param statistics over several columns or of expressions
 * @param keys its foreign keys
 * @param referencing foreign keys of other tables that point at it
 * @param triggers those of people
 * @param rules its own
 * @param publications that list it
 * @param bound what means it by its identity
 * @param comments on what gets its own name only with the table, as statements
 * @param portrait to hold the new table against, where the two are about to change places
 */
record Source(
        CatalogTable table,
        SortedMap<String, String> storage,
        List<Column> columns,
        List<Sequence> sequences,
        List<Check> checks,
        List<Index> indexes,
        List<Statistics> statistics,
        List<ForeignKey> keys,
        List<Referencing> referencing,
        List<Trigger> triggers,
        List<Rule> rules,
        List<Publication> publications,
        List<Bound> bound,
        List<Sql> comments,
        Portrait portrait) {

    Source {
        columns = List.copyOf(columns);
        sequences = List.copyOf(sequences);
        checks = List.copyOf(checks);
        indexes = List.copyOf(indexes);
        statistics = List.copyOf(statistics);
        keys = List.copyOf(keys);
        referencing = List.copyOf(referencing);
        triggers = List.copyOf(triggers);
        rules = List.copyOf(rules);
        publications = List.copyOf(publications);
        bound = List.copyOf(bound);
        comments = List.copyOf(comments);
    }

    /**
     * A column.
     *
     * @param generated whether PostgreSQL computes it
     * @param options what the planner was told of it, such as {@code n_distinct=100}; empty for nothing
     * @param hashable whether two values can be compared by a hash
     */
    record Column(Identifier name, boolean generated, String options, boolean hashable) {}

    /**
     * A sequence that belongs to a column.
     *
     * @param identity {@code ALWAYS} or {@code BY DEFAULT} for that of an identity, which cannot change its table; empty for a serial
     *     column's, which can
     * @param counting how it counts
     * @param dress the statements that make a new one of this name like it
     */
    record Sequence(TableName name, Identifier column, Optional<String> identity, String counting, List<Sql> dress) {

        Sequence {
            dress = List.copyOf(dress);
        }
    }

    /**
     * A condition on rows.
     *
     * @param enforced whether it is more than a note
     * @param proved whether it holds for all rows, and not for new ones only
     */
    record Check(Identifier name, String condition, boolean enforced, boolean proved) {

        /** One that rows may break which were there before it is made last, so that they can be copied. */
        boolean last() {
            return enforced && !proved;
        }

        /** For the table and, as partitions know nothing else, for all of them. */
        Sql on(TableName table) {
            return Sql.of(
                    "ALTER TABLE {} ADD CONSTRAINT {} CHECK ({}){}",
                    table,
                    name,
                    new Sql(condition),
                    new Sql(!enforced ? " NOT ENFORCED" : proved ? "" : " NOT VALID"));
        }
    }

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
     * @param temporal whether it keeps periods apart (WITHOUT OVERLAPS)
     * @param tail how it is made, but for its name and its table; empty if PostgreSQL prints it unexpectedly
     * @param columns of its key, without expressions
     * @param parts of its key, expressions included
     * @param clustered whether CLUSTER without a name sorts by it
     * @param identifies whether logical replication finds old rows by it
     * @param targets how closely ANALYZE looks at its expressions, as clauses of ALTER INDEX
     */
    record Index(
            Identifier name,
            boolean valid,
            boolean unique,
            Constraint constraint,
            boolean temporal,
            Optional<String> tail,
            List<Identifier> columns,
            int parts,
            boolean partial,
            boolean clustered,
            boolean identifies,
            List<Sql> targets) {

        Index {
            columns = List.copyOf(columns);
            targets = List.copyOf(targets);
        }
    }

    /**
     * Statistics over several columns, or of expressions.
     *
     * @param body what stands behind the name and before the table
     * @param target how closely ANALYZE looks; empty for the default
     */
    record Statistics(TableName name, String body, Optional<Integer> target) {

        /** What the new table's are called until the swap. */
        Identifier temporary() {
            return Rewrite.shadow(name.name());
        }

        /** What the old table's are called from then on. */
        Identifier retired() {
            return Rewrite.retired(name.name());
        }
    }

    /**
     * A foreign key.
     *
     * @param definition behind its name
     */
    record ForeignKey(Identifier name, String definition, TableName referenced, Optional<String> comment) {}

    /**
     * A foreign key of another table.
     *
     * @param table whose
     * @param definition behind its name
     * @param columns of this table that it names
     * @param proved whether it holds for all rows
     * @param partitioned whether the other table is
     * @param owner of the other table
     * @param ours whether this table's owner has the rights of that one
     */
    record Referencing(
            Identifier name,
            TableName table,
            String definition,
            Optional<String> comment,
            List<Identifier> columns,
            boolean proved,
            boolean partitioned,
            Identifier owner,
            boolean ours) {

        Referencing {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A trigger.
     *
     * @param definition the whole statement that makes it
     * @param enabled {@code O}, {@code D}, {@code R} or {@code A}, as the catalog has it
     */
    record Trigger(Identifier name, String definition, char enabled) {}

    /**
     * A rule.
     *
     * @param definition the whole statement that makes it
     * @param enabled as with a trigger
     */
    record Rule(Identifier name, String definition, char enabled) {}

    /**
     * A publication that lists the table.
     *
     * @param columns those that are published, separated by commas; empty for all
     * @param filter which rows are published; empty for all
     */
    record Publication(Identifier name, Optional<String> columns, Optional<String> filter) {}

    /**
     * What means the table by its identity, and not by its name.
     *
     * @param what in words
     * @param statement says it anew, by the name; empty where nothing can
     * @param keyed whether it rests on a constraint, as a query does that is grouped by the primary key
     * @param materialized whether it is a materialized view
     * @param relation the view or table that is locked for it
     * @param view whether that is a view
     * @param owner whose it is, where it belongs to somebody by itself
     * @param ours whether the table's owner may say it anew
     */
    record Bound(
            String what,
            Optional<Sql> statement,
            boolean keyed,
            boolean materialized,
            Optional<TableName> relation,
            boolean view,
            Optional<Identifier> owner,
            boolean ours) {}

    /** Whether every value has a hash; else rows are compared by their text. */
    boolean hashable() {
        return columns.stream().filter(column -> !column.generated()).allMatch(Column::hashable);
    }
}
