package dev.partita.step;

import dev.partita.catalog.Drift;
import dev.partita.catalog.Likeness;
import dev.partita.catalog.Likeness.Grant;
import dev.partita.catalog.Likeness.RowSecurity;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What makes a partition like its table again in one respect.
 *
 * @param differs what differs now, as a clause without a full stop
 * @param lock what the statements take on the partition; most take no weaker one than that
 * @param sql at least one statement
 */
public record Mending(String differs, Lock lock, List<Sql> sql) {

    public Mending {
        sql = List.copyOf(sql);
    }

    private static Mending of(String differs, Lock lock, Sql... sql) {
        return new Mending(differs, lock, List.of(sql));
    }

    /**
     * How a difference is mended.
     *
     * @param likeness what the table is like
     * @return empty for what is not to be mended by itself: what rewrites or reads the partition, what would take protection away,
     *     what only siblings can tell, and indexes, which are declared and built online
     */
    public static Optional<Mending> of(Drift drift, Likeness likeness) {
        TableName partition = drift.partition().name();
        if (drift instanceof Drift.Owner owner) {
            return owner.mendable() ? Optional.of(owner(partition, owner)) : Optional.empty();
        }
        if (drift instanceof Drift.GrantMissing missing) {
            return Optional.of(grant(partition, missing.grant()));
        }
        if (drift instanceof Drift.GrantExtra extra) {
            return Optional.of(revoke(partition, extra.grant(), likeness));
        }
        if (drift instanceof Drift.PolicyMissing missing) {
            return likeness.policies().stream()
                    .filter(policy -> policy.name().equals(missing.policy()))
                    .findFirst()
                    .map(policy -> of(
                            "policy " + policy.name() + " is missing",
                            Lock.ACCESS_EXCLUSIVE,
                            Dressing.policy(policy, partition)));
        }
        if (drift instanceof Drift.RowSecurity security) {
            return rowSecurity(partition, security);
        }
        if (drift instanceof Drift.ReplicaIdentity identity) {
            return replicaIdentity(partition, identity);
        }
        if (drift instanceof Drift.StatisticsTarget target) {
            return Optional.of(of(
                    "the statistics target of " + target.column() + " is " + words(target.target()) + ", not "
                            + words(target.wanted()),
                    Lock.SHARE_UPDATE_EXCLUSIVE,
                    Sql.of(
                            "ALTER TABLE ONLY {} ALTER COLUMN {} SET STATISTICS {}",
                            partition,
                            target.column(),
                            new Sql(Integer.toString(target.wanted())))));
        }
        if (drift instanceof Drift.StorageOption option) {
            return option.wanted().map(wanted -> storage(partition, option, wanted));
        }
        if (drift instanceof Drift.CommentMissing comment) {
            return Optional.of(of(
                    "the comment is missing",
                    Lock.SHARE_UPDATE_EXCLUSIVE,
                    Sql.of("COMMENT ON TABLE {} IS {}", partition, Literal.of(comment.wanted()))));
        }
        return Optional.empty();
    }

    private static Mending owner(TableName partition, Drift.Owner owner) {
        return of(
                "the owner is " + owner.owner() + ", not " + owner.wanted(),
                Lock.ACCESS_EXCLUSIVE,
                Sql.of("ALTER TABLE ONLY {} OWNER TO {}", partition, owner.wanted()));
    }

    private static Mending grant(TableName partition, Grant grant) {
        return of(words(grant) + " is not granted", Lock.SHARE_UPDATE_EXCLUSIVE, Dressing.grant(grant, partition));
    }

    /** The table may grant the same, and not that it is passed on. */
    private static Mending revoke(TableName partition, Grant grant, Likeness likeness) {
        boolean granted = likeness.grants().stream()
                .anyMatch(wanted -> wanted.grantee().equals(grant.grantee())
                        && wanted.privilege().equals(grant.privilege())
                        && wanted.column().equals(grant.column()));
        List<Sql> statements = new ArrayList<>();
        statements.add(Sql.of(
                "REVOKE {}{}{} ON TABLE {} FROM {}",
                new Sql(granted ? "GRANT OPTION FOR " : ""),
                new Sql(grant.privilege()),
                Dressing.column(grant),
                partition,
                Dressing.role(grant.grantee())));
        if (grant.column().isEmpty()) {
            // To take it back on the whole takes it back on each column as well.
            likeness.grants().stream()
                    .filter(wanted -> wanted.column().isPresent()
                            && wanted.grantee().equals(grant.grantee())
                            && wanted.privilege().equals(grant.privilege()))
                    .forEach(wanted -> statements.add(Dressing.grant(wanted, partition)));
        }
        return new Mending(words(grant) + " is granted, and not on the table", Lock.SHARE_UPDATE_EXCLUSIVE, statements);
    }

    /** Never less than there is. */
    private static Optional<Mending> rowSecurity(TableName partition, Drift.RowSecurity security) {
        if (security.wanted().compareTo(security.present()) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Mending(
                security.present() == RowSecurity.OFF
                        ? "row-level security is off"
                        : "row-level security does not hold for the owner",
                Lock.ACCESS_EXCLUSIVE,
                Dressing.rowSecurity(security.wanted(), partition)));
    }

    private static Optional<Mending> replicaIdentity(TableName partition, Drift.ReplicaIdentity identity) {
        boolean byIndex = identity.wanted().equals("USING INDEX");
        Optional<Sql> clause = byIndex
                ? identity.index().map(index -> Sql.of("USING INDEX {}", index))
                : Optional.of(new Sql(identity.wanted()));
        return clause.map(wanted -> of(
                "the replica identity is " + identity.present() + ", not " + identity.wanted(),
                Lock.ACCESS_EXCLUSIVE,
                Sql.of("ALTER TABLE ONLY {} REPLICA IDENTITY {}", partition, wanted)));
    }

    private static Mending storage(TableName partition, Drift.StorageOption option, String wanted) {
        return of(
                option.option() + " is " + option.present().orElse("not set") + ", not " + wanted,
                option.option().equals("user_catalog_table") ? Lock.ACCESS_EXCLUSIVE : Lock.SHARE_UPDATE_EXCLUSIVE,
                Sql.of(
                        "ALTER TABLE ONLY {} SET ({} = {})",
                        partition,
                        Identifier.of(option.option()),
                        Literal.of(wanted)));
    }

    private static String words(int target) {
        return target < 0 ? "the default" : Integer.toString(target);
    }

    private static String words(Grant grant) {
        return grant.privilege() + Dressing.column(grant).sql() + " for "
                + grant.grantee().map(Identifier::sql).orElse("PUBLIC")
                + (grant.grantable() ? " with grant option" : "");
    }
}
