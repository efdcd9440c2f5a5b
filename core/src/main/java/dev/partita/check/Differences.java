package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.Likeness;
import dev.partita.sql.Identifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads in what partitions differ from their parents; the server compares, so that only differences travel. */
final class Differences {

    private final Question question;
    private final Map<Long, CatalogPartition> partitions;
    private final List<Drift> drift = new ArrayList<>();
    private final Map<Long, List<LeafFacts.OwnIndex>> indexes = new HashMap<>();
    private final Map<Long, List<LeafFacts.OwnConstraint>> constraints = new HashMap<>();
    private final Map<Long, List<Identifier>> publications = new HashMap<>();

    Differences(Question question, Map<Long, CatalogPartition> partitions) {
        this.question = question;
        this.partitions = partitions;
    }

    List<Drift> drift() {
        return drift;
    }

    LeafFacts leaves() {
        return new LeafFacts(indexes, constraints, publications);
    }

    /** Between what was read first and now a partition may have come or gone; such are left out. */
    private void visit(String sql, Found found) throws SQLException {
        question.each(sql, row -> {
            CatalogPartition partition = partitions.get(row.getLong("partition"));
            if (partition != null) {
                found.visit(partition, row);
            }
        });
    }

    /** Looks at a row about a partition. */
    @FunctionalInterface
    private interface Found {
        void visit(CatalogPartition partition, ResultSet row) throws SQLException;
    }

    void read(Collection<Long> parents) throws SQLException {
        if (parents.isEmpty()) {
            return;
        }
        readDetails(parents);
        readRights(parents);
        readIndexes(parents);
        readRest(parents);
    }

    private void readDetails(Collection<Long> parents) throws SQLException {
        visit(CheckQuery.DETAILS.about(parents), (partition, row) -> {
            Identifier owner = name(row, "owner");
            Identifier wanted = name(row, "parent_owner");
            if (!owner.equals(wanted)) {
                drift.add(new Drift.Owner(partition, owner, wanted));
            }
            if (!text(row, "persistence").equals(text(row, "parent_persistence"))) {
                drift.add(new Drift.Unlogged(partition, text(row, "persistence").equals("u")));
            }
            Likeness.RowSecurity present = Likeness.RowSecurity.valueOf(text(row, "row_security"));
            Likeness.RowSecurity above = Likeness.RowSecurity.valueOf(text(row, "parent_row_security"));
            if (present != above) {
                drift.add(new Drift.RowSecurity(partition, present, above));
            }
            String identity = identity(text(row, "replica_identity"));
            String identityAbove = identity(text(row, "parent_replica_identity"));
            if (!identity.equals(identityAbove)) {
                drift.add(new Drift.ReplicaIdentity(partition, identity, identityAbove));
            }
        });
    }

    private static String identity(String code) {
        return switch (code) {
            case "n" -> "NOTHING";
            case "f" -> "FULL";
            case "i" -> "USING INDEX";
            default -> "DEFAULT";
        };
    }

    private void readRights(Collection<Long> parents) throws SQLException {
        visit(CheckQuery.GRANTS.about(parents), (partition, row) -> {
            Likeness.Grant grant = new Likeness.Grant(
                    Optional.ofNullable(row.getString("grantee")).map(Identifier::of),
                    text(row, "privilege"),
                    Optional.empty(),
                    row.getBoolean("grantable"));
            drift.add(
                    row.getBoolean("missing")
                            ? new Drift.GrantMissing(partition, grant)
                            : new Drift.GrantExtra(partition, grant));
        });
        visit(
                CheckQuery.POLICIES.about(parents),
                (partition, row) -> drift.add(
                        new Drift.PolicyMissing(partition, name(row, "policy"), row.getBoolean("restrictive"))));
    }

    private void readIndexes(Collection<Long> parents) throws SQLException {
        visit(
                CheckQuery.UNFINISHED.about(parents),
                (partition, row) -> drift.add(new Drift.IndexUnfinished(partition, name(row, "index"))));
        // The parents' own indexes are not asked about: invalid ones among them wait for their partitions, see above.
        Set<Long> leaves = new HashSet<>(partitions.keySet());
        leaves.removeAll(parents);
        visit(CheckQuery.INDEXES.about(leaves), (partition, row) -> {
            Identifier index = name(row, "index");
            if (!row.getBoolean("valid")) {
                drift.add(new Drift.IndexInvalid(partition, index));
            } else if (row.getBoolean("own")) {
                indexes.computeIfAbsent(partition.oid(), oid -> new ArrayList<>())
                        .add(new LeafFacts.OwnIndex(index, shape(row)));
            }
        });
    }

    private static Drift.Shape shape(ResultSet row) throws SQLException {
        List<Optional<Identifier>> columns = new ArrayList<>();
        for (Object column : (Object[]) row.getArray("columns").getArray()) {
            columns.add(Optional.ofNullable(column).map(each -> Identifier.of(each.toString())));
        }
        return new Drift.Shape(text(row, "method"), row.getBoolean("is_unique"), row.getBoolean("partial"), columns);
    }

    private void readRest(Collection<Long> parents) throws SQLException {
        visit(CheckQuery.CONSTRAINTS.about(partitions.keySet()), (partition, row) -> {
            Identifier constraint = name(row, "name");
            if (!row.getBoolean("validated")) {
                drift.add(new Drift.ConstraintNotValid(partition, constraint));
            }
            if (row.getBoolean("own")) {
                constraints
                        .computeIfAbsent(partition.oid(), oid -> new ArrayList<>())
                        .add(new LeafFacts.OwnConstraint(constraint, row.getBoolean("references")));
            }
        });
        Set<Long> all = new HashSet<>(partitions.keySet());
        all.addAll(parents);
        visit(
                CheckQuery.TARGETS.about(all),
                (partition, row) -> drift.add(new Drift.StatisticsTarget(
                        partition, name(row, "column"), row.getInt("target"), row.getInt("parent_target"))));
        visit(
                CheckQuery.COMMENTS.about(parents),
                (partition, row) -> drift.add(new Drift.CommentMissing(partition, text(row, "comment"))));
        question.each(
                CheckQuery.PUBLICATIONS.about(all),
                row -> publications
                        .computeIfAbsent(row.getLong("relation"), oid -> new ArrayList<>())
                        .add(name(row, "publication")));
    }

    private static Identifier name(ResultSet row, String column) throws SQLException {
        return Identifier.of(text(row, column));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw new SQLException("NULL in column " + column);
        }
        return text;
    }
}
