package dev.partita.check;

import dev.partita.catalog.Drift;
import dev.partita.catalog.Likeness;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Drift in words: partitions that drifted alike are told together. */
final class DriftNotes {

    /** For tables that are declared. */
    private static final String REPAIR = "partita apply --repair; by hand: ";

    private DriftNotes() {}

    /** What is said of a drift, the same for all partitions that drifted so. */
    private record Line(Severity severity, ProblemCode code, String what, String wayOut) {}

    static void write(List<Drift> drift, long leaves, Notes notes) {
        Map<Line, List<String>> alike = new LinkedHashMap<>();
        for (Drift each : drift) {
            alike.computeIfAbsent(line(each), line -> new ArrayList<>())
                    .add(each.partition().name().name().sql());
        }
        alike.forEach((line, partitions) -> notes.add(
                line.severity(),
                line.code(),
                line.what() + ", on " + partitions.size() + " of " + Notes.count(leaves, "partition") + ": "
                        + Notes.some(partitions),
                line.wayOut()));
    }

    private static Line line(Drift drift) {
        if (drift instanceof Drift.IndexUnfinished index) {
            return new Line(
                    Severity.WARNING,
                    ProblemCode.INDEX_DRIFT,
                    "index " + index.index().sql() + " of the table is unfinished and serves no query",
                    "CREATE INDEX CONCURRENTLY on each of these, then ALTER INDEX "
                            + index.index().sql() + " ATTACH PARTITION it");
        }
        if (drift instanceof Drift.IndexInvalid) {
            return new Line(
                    Severity.WARNING,
                    ProblemCode.INDEX_DRIFT,
                    "an index is invalid: it costs every write and serves no query",
                    "DROP INDEX CONCURRENTLY it, and build it again, or REINDEX INDEX CONCURRENTLY it");
        }
        if (drift instanceof Drift.IndexLacking index) {
            return new Line(
                    Severity.WARNING,
                    ProblemCode.INDEX_DRIFT,
                    "an index " + index.shape() + " as most partitions have it is missing",
                    "CREATE INDEX CONCURRENTLY there, or on the table, so that none is forgotten");
        }
        if (drift instanceof Drift.IndexExtra index) {
            return new Line(
                    Severity.INFO,
                    ProblemCode.INDEX_DRIFT,
                    "there is an index " + index.shape() + " that most partitions do not have",
                    "nothing, if that is meant; else drop it, or make it on the table");
        }
        if (drift instanceof Drift.ConstraintExtra constraint) {
            return new Line(
                    Severity.INFO,
                    ProblemCode.CONSTRAINT_DRIFT,
                    "there is " + (constraint.references() ? "a foreign key" : "a check")
                            + " that the table does not have",
                    "nothing, if that is meant; else drop it, or add it to the table");
        }
        if (drift instanceof Drift.ConstraintNotValid constraint) {
            return new Line(
                    Severity.WARNING,
                    ProblemCode.CONSTRAINT_DRIFT,
                    "a constraint was never validated",
                    (constraint.mendable() ? REPAIR : "")
                            + "ALTER TABLE … VALIDATE CONSTRAINT …: it reads the partition, and writes go on");
        }
        return rights(drift).or(() -> storage(drift)).orElseThrow();
    }

    private static Optional<Line> rights(Drift drift) {
        if (drift instanceof Drift.Owner owner) {
            return Optional.of(new Line(
                    Severity.WARNING,
                    ProblemCode.OWNER_DRIFT,
                    "the owner is " + owner.owner().sql() + ", and the table's is "
                            + owner.wanted().sql(),
                    REPAIR + "ALTER TABLE … OWNER TO " + owner.wanted().sql()));
        }
        if (drift instanceof Drift.GrantMissing grant) {
            return Optional.of(new Line(
                    Severity.INFO,
                    ProblemCode.GRANT_DRIFT,
                    words(grant.grant())
                            + " is granted on the table and not on the partition, which only those notice who name the"
                            + " partition",
                    REPAIR + "GRANT " + privilege(grant.grant()) + " ON … TO " + grantee(grant.grant())));
        }
        if (drift instanceof Drift.GrantExtra grant) {
            return Optional.of(new Line(
                    Severity.WARNING,
                    ProblemCode.GRANT_DRIFT,
                    words(grant.grant()) + " is granted on the partition and not on the table: a way around it",
                    REPAIR + "REVOKE " + privilege(grant.grant()) + " ON … FROM " + grantee(grant.grant())));
        }
        if (drift instanceof Drift.RowSecurity security) {
            boolean open = security.present() == Likeness.RowSecurity.OFF;
            return Optional.of(new Line(
                    open ? Severity.WARNING : Severity.INFO,
                    ProblemCode.ROW_SECURITY_DRIFT,
                    "row-level security is " + word(security.present()) + ", and on the table it is "
                            + word(security.wanted()),
                    open
                            ? REPAIR + "ALTER TABLE … ENABLE ROW LEVEL SECURITY, with the policies of the table"
                            : "nothing, if that is meant"));
        }
        if (drift instanceof Drift.PolicyMissing policy) {
            return Optional.of(new Line(
                    policy.restrictive() ? Severity.WARNING : Severity.INFO,
                    ProblemCode.ROW_SECURITY_DRIFT,
                    (policy.restrictive() ? "restrictive policy " : "policy ")
                            + policy.policy().sql() + " of the table is missing",
                    REPAIR + "CREATE POLICY " + policy.policy().sql() + " ON …, as the table has it"));
        }
        return Optional.empty();
    }

    private static Optional<Line> storage(Drift drift) {
        if (drift instanceof Drift.StorageOption option) {
            return Optional.of(new Line(
                    Severity.INFO,
                    ProblemCode.STORAGE_DRIFT,
                    option.option() + " is " + option.present().orElse("not set") + ", and most partitions have "
                            + option.wanted().orElse("none"),
                    option.wanted()
                            .map(value ->
                                    "declare it under leaf:, and partita apply --repair sets it; by hand: ALTER TABLE … SET ("
                                            + option.option() + " = " + value + ")")
                            .orElse("ALTER TABLE … RESET (" + option.option() + ")")));
        }
        if (drift instanceof Drift.Unlogged logged) {
            return Optional.of(new Line(
                    logged.unlogged() ? Severity.WARNING : Severity.INFO,
                    ProblemCode.STORAGE_DRIFT,
                    logged.unlogged()
                            ? "the partition is unlogged and the table is not: a crash of the server empties it"
                            : "the partition is logged and the table is not",
                    logged.unlogged() ? "ALTER TABLE … SET LOGGED, in a quiet hour" : "nothing, if that is meant"));
        }
        if (drift instanceof Drift.ReplicaIdentity identity) {
            return Optional.of(new Line(
                    Severity.WARNING,
                    ProblemCode.REPLICATION_DRIFT,
                    "the replica identity is " + identity.present() + ", and the table's is " + identity.wanted(),
                    REPAIR + "ALTER TABLE … REPLICA IDENTITY " + identity.wanted()
                            + (identity.wanted().equals("USING INDEX") ? " its part of the table's index" : "")));
        }
        if (drift instanceof Drift.Published published) {
            return Optional.of(new Line(
                    Severity.WARNING,
                    ProblemCode.REPLICATION_DRIFT,
                    "publication " + published.publication().sql()
                            + (published.published() ? " has it and most others not" : " lacks it and has most others"),
                    "publish the table itself, which takes all partitions along"));
        }
        if (drift instanceof Drift.StatisticsTarget target) {
            return Optional.of(new Line(
                    Severity.INFO,
                    ProblemCode.STATISTICS_TARGET_DRIFT,
                    "the statistics target of " + target.column().sql() + " is " + target(target.target())
                            + ", and the table's is " + target(target.wanted()),
                    REPAIR + "ALTER TABLE … ALTER COLUMN " + target.column().sql() + " SET STATISTICS "
                            + target.wanted()));
        }
        if (drift instanceof Drift.CommentMissing) {
            return Optional.of(new Line(
                    Severity.INFO,
                    ProblemCode.COMMENT_DRIFT,
                    "the comment of the table is missing",
                    REPAIR + "COMMENT ON TABLE … IS …, if somebody reads them"));
        }
        return Optional.empty();
    }

    private static String word(Likeness.RowSecurity security) {
        return switch (security) {
            case OFF -> "off";
            case ENABLED -> "on";
            case FORCED -> "on for the owner too";
        };
    }

    private static String target(int target) {
        return target < 0 ? "the default" : Integer.toString(target);
    }

    private static String words(Likeness.Grant grant) {
        return privilege(grant) + " for " + grantee(grant) + (grant.grantable() ? " with grant option" : "");
    }

    private static String privilege(Likeness.Grant grant) {
        return grant.privilege()
                + grant.column().map(column -> " (" + column.sql() + ")").orElse("");
    }

    private static String grantee(Likeness.Grant grant) {
        return grant.grantee().map(Identifier::sql).orElse("PUBLIC");
    }
}
