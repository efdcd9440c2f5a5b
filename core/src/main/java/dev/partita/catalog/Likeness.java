package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a new partition takes over from its parent besides what {@code LIKE} copies.
 *
 * @param owner who owns the parent, and so every partition
 * @param grants on the table and on its columns, the owner's own left out
 * @param strangers roles that default privileges would give something on a new table though the parent does not; empty
 *     is PUBLIC
 * @param rowSecurity whether row-level security is on, and for the owner too
 * @param policies the parent's policies
 * @param replicaIdentity what logical replication sends for old rows
 * @param statistics per column the statistics target, where one is set
 * @param tablespace the parent's, empty for the database's default
 * @param accessMethod the parent's table access method, PostgreSQL 17 and up; empty for the default
 * @param comment the parent's comment
 */
public record Likeness(
        Identifier owner,
        List<Grant> grants,
        List<Optional<Identifier>> strangers,
        RowSecurity rowSecurity,
        List<Policy> policies,
        ReplicaIdentity replicaIdentity,
        SortedMap<Identifier, Integer> statistics,
        Optional<Identifier> tablespace,
        Optional<Identifier> accessMethod,
        Optional<String> comment) {

    public Likeness {
        grants = List.copyOf(grants);
        strangers = List.copyOf(strangers);
        policies = List.copyOf(policies);
    }

    /** Row-level security of a table. */
    public enum RowSecurity {
        OFF,
        ENABLED,
        FORCED
    }

    /**
     * A privilege somebody has.
     *
     * @param grantee who; empty is PUBLIC
     * @param privilege such as {@code SELECT}
     * @param column on one column only
     * @param grantable whether it may be passed on
     */
    public record Grant(
            Optional<Identifier> grantee, String privilege, Optional<Identifier> column, boolean grantable) {}

    /**
     * A row-level security policy.
     *
     * @param command {@code ALL}, {@code SELECT}, {@code INSERT}, {@code UPDATE} or {@code DELETE}
     * @param roles to whom it applies; empty within is PUBLIC
     * @param using the condition as the server prints it with an empty search path
     * @param check the condition on new rows, likewise
     */
    public record Policy(
            Identifier name,
            boolean permissive,
            String command,
            List<Optional<Identifier>> roles,
            Optional<String> using,
            Optional<String> check) {}

    /** What identifies an old row for logical replication. */
    public sealed interface ReplicaIdentity {
        /** The primary key, which is the default. */
        record PrimaryKey() implements ReplicaIdentity {}

        record Nothing() implements ReplicaIdentity {}

        record Full() implements ReplicaIdentity {}

        /**
         * A unique index of the parent.
         *
         * @param index the parent's index
         */
        record Index(CatalogIndex index) implements ReplicaIdentity {}
    }
}
