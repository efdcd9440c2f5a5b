package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One way in which a partition differs from its table or from its siblings. */
public sealed interface Drift {

    /** Which one. */
    CatalogPartition partition();

    /**
     * It lacks its part of an index of the parent, which is invalid for that.
     *
     * @param index the parent's
     */
    record IndexUnfinished(CatalogPartition partition, Identifier index) implements Drift {}

    /**
     * An index of its own was never finished, costs every write and serves no query.
     *
     * @param index its own
     */
    record IndexInvalid(CatalogPartition partition, Identifier index) implements Drift {}

    /** Most of its siblings have an index like that, and it has none. */
    record IndexLacking(CatalogPartition partition, Shape shape) implements Drift {}

    /**
     * It has an index that the parent and most of its siblings do not have.
     *
     * @param index its own
     */
    record IndexExtra(CatalogPartition partition, Identifier index, Shape shape) implements Drift {}

    /**
     * It has a check or a foreign key that the parent and most of its siblings do not have.
     *
     * @param constraint its own
     * @param references whether it is a foreign key
     */
    record ConstraintExtra(CatalogPartition partition, Identifier constraint, boolean references) implements Drift {}

    /**
     * Nobody has looked yet whether its rows fulfil a constraint.
     *
     * @param mendable whether it is a check of a leaf, and not because nobody has looked at the parent's
     */
    record ConstraintNotValid(CatalogPartition partition, Identifier constraint, boolean mendable) implements Drift {}

    /**
     * Somebody else owns it.
     *
     * @param owner who
     * @param wanted who owns the table
     * @param mendable whether the table's owner may take it over
     */
    record Owner(CatalogPartition partition, Identifier owner, Identifier wanted, boolean mendable) implements Drift {}

    /** The parent grants it, the partition does not. */
    record GrantMissing(CatalogPartition partition, Likeness.Grant grant) implements Drift {}

    /** The partition grants it, the parent does not: a way around the parent. */
    record GrantExtra(CatalogPartition partition, Likeness.Grant grant) implements Drift {}

    record RowSecurity(CatalogPartition partition, Likeness.RowSecurity present, Likeness.RowSecurity wanted)
            implements Drift {}

    /**
     * A policy of the parent that whoever names the partition is not under.
     *
     * @param restrictive whether it takes rows away: then the partition shows more than the parent
     */
    record PolicyMissing(CatalogPartition partition, Identifier policy, boolean restrictive) implements Drift {}

    /**
     * A storage parameter, other than most siblings have it.
     *
     * @param present its own; empty when not set
     * @param wanted theirs; empty when not set
     */
    record StorageOption(CatalogPartition partition, String option, Optional<String> present, Optional<String> wanted)
            implements Drift {}

    /**
     * What logical replication sends for old rows.
     *
     * @param present {@code DEFAULT}, {@code NOTHING}, {@code FULL} or {@code USING INDEX}
     * @param wanted likewise
     * @param index where an index is wanted: its own part of the table's, if it has one
     */
    record ReplicaIdentity(CatalogPartition partition, String present, String wanted, Optional<Identifier> index)
            implements Drift {}

    /**
     * Published by name while its siblings are not, or the other way round.
     *
     * @param published whether this one is
     */
    record Published(CatalogPartition partition, Identifier publication, boolean published) implements Drift {}

    /**
     * How closely ANALYZE looks at a column.
     *
     * @param target its own; -1 is the server's default
     * @param wanted the parent's
     */
    record StatisticsTarget(CatalogPartition partition, Identifier column, int target, int wanted) implements Drift {}

    /** It has no comment, and the parent has. */
    record CommentMissing(CatalogPartition partition, String wanted) implements Drift {}

    /** A crash of the server empties an unlogged table. */
    record Unlogged(CatalogPartition partition, boolean unlogged) implements Drift {}

    /**
     * What an index is, without its name. Expressions and conditions are compared by being there only, because they print under a
     * lock.
     *
     * @param columns in order; empty is an expression
     */
    record Shape(String method, boolean unique, boolean partial, List<Optional<Identifier>> columns) {
        public Shape {
            columns = List.copyOf(columns);
        }

        /** As people read it: {@code btree (customer_id)}. */
        @Override
        public String toString() {
            return (unique ? "unique " : "")
                    + method
                    + columns.stream()
                            .map(column -> column.map(Identifier::sql).orElse("<expression>"))
                            .collect(Collectors.joining(", ", " (", ")"))
                    + (partial ? " WHERE …" : "");
        }
    }
}
