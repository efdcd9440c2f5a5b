package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads in what partitions differ from their tables; the server compares, so that only differences travel. No lock on a partition
 * makes it wait.
 */
public final class Differences {

    private final Connection connection;
    private final Map<Long, CatalogPartition> partitions = new LinkedHashMap<>();
    private final Set<Long> parents = new HashSet<>();
    private final List<Drift> drift = new ArrayList<>();
    private final Map<Long, List<LeafFacts.OwnIndex>> indexes = new HashMap<>();
    private final Map<Long, List<LeafFacts.OwnConstraint>> constraints = new HashMap<>();
    private final Map<Long, List<Identifier>> publications = new HashMap<>();

    private Differences(Connection connection, Collection<CatalogTable> tables) {
        this.connection = connection;
        for (CatalogTable table : tables) {
            parents.add(table.oid());
            table.tree().forEach(partition -> {
                partitions.put(partition.oid(), partition);
                if (partition.kind() == RelationKind.PARTITIONED) {
                    parents.add(partition.oid());
                }
            });
        }
    }

    /**
     * Reads them.
     *
     * @param connection inside a transaction under {@link SessionSettings#PINNED}
     * @param tables of all their partitions
     */
    public static Differences of(Connection connection, Collection<CatalogTable> tables) throws SQLException {
        Differences differences = new Differences(connection, tables);
        if (!differences.parents.isEmpty()) {
            differences.readDetails();
            differences.readRights();
            differences.readIndexes();
            differences.readRest();
        }
        return differences;
    }

    /** In what partitions differ from their table, or are unfinished. */
    public List<Drift> drift() {
        return drift;
    }

    /** What only siblings can tell. */
    public LeafFacts leaves() {
        return new LeafFacts(indexes, constraints, publications);
    }

    /** Between what was read first and now a partition may have come or gone; such are left out. */
    private void visit(String sql, Found found) throws SQLException {
        Snapshot.each(connection, sql, row -> {
            CatalogPartition partition = partitions.get(row.number("partition"));
            if (partition != null) {
                found.visit(partition, row);
            }
        });
    }

    /** Looks at a row about a partition. */
    @FunctionalInterface
    private interface Found {
        void visit(CatalogPartition partition, Row row) throws SQLException;
    }

    private void readDetails() throws SQLException {
        visit(CatalogQuery.DRIFT_DETAILS.about(parents), (partition, row) -> {
            Identifier owner = row.name("owner");
            Identifier wanted = row.name("parent_owner");
            if (!owner.equals(wanted)) {
                drift.add(new Drift.Owner(partition, owner, wanted, row.flag("mendable")));
            }
            if (!row.text("persistence").equals(row.text("parent_persistence"))) {
                drift.add(new Drift.Unlogged(partition, row.text("persistence").equals("u")));
            }
            Likeness.RowSecurity present = Likeness.RowSecurity.valueOf(row.text("row_security"));
            Likeness.RowSecurity above = Likeness.RowSecurity.valueOf(row.text("parent_row_security"));
            if (present != above) {
                drift.add(new Drift.RowSecurity(partition, present, above));
            }
            String identity = identity(row.text("replica_identity"));
            String identityAbove = identity(row.text("parent_replica_identity"));
            if (partition.kind() != RelationKind.PARTITIONED && !identity.equals(identityAbove)) {
                drift.add(
                        new Drift.ReplicaIdentity(partition, identity, identityAbove, row.nameIfAny("identity_index")));
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

    private void readRights() throws SQLException {
        visit(CatalogQuery.DRIFT_GRANTS.about(parents), (partition, row) -> {
            Likeness.Grant grant = new Likeness.Grant(
                    row.nameIfAny("grantee"), row.text("privilege"), row.nameIfAny("column"), row.flag("grantable"));
            drift.add(
                    row.flag("missing")
                            ? new Drift.GrantMissing(partition, grant)
                            : new Drift.GrantExtra(partition, grant));
        });
        visit(
                CatalogQuery.DRIFT_POLICIES.about(parents),
                (partition, row) ->
                        drift.add(new Drift.PolicyMissing(partition, row.name("policy"), row.flag("restrictive"))));
    }

    private void readIndexes() throws SQLException {
        visit(
                CatalogQuery.DRIFT_UNFINISHED.about(parents),
                (partition, row) -> drift.add(new Drift.IndexUnfinished(partition, row.name("index"))));
        // The parents' own indexes are not asked about: invalid ones among them wait for their partitions, see above.
        Set<Long> leaves = new HashSet<>(partitions.keySet());
        leaves.removeAll(parents);
        visit(CatalogQuery.DRIFT_INDEXES.about(leaves), (partition, row) -> {
            Identifier index = row.name("index");
            if (!row.flag("valid")) {
                drift.add(new Drift.IndexInvalid(partition, index));
            } else if (row.flag("own")) {
                indexes.computeIfAbsent(partition.oid(), oid -> new ArrayList<>())
                        .add(new LeafFacts.OwnIndex(index, shape(row)));
            }
        });
    }

    private static Drift.Shape shape(Row row) throws SQLException {
        List<Optional<Identifier>> columns = new ArrayList<>();
        row.list("columns", String.class)
                .forEach(column -> columns.add(Optional.ofNullable(column).map(Identifier::of)));
        return new Drift.Shape(row.text("method"), row.flag("is_unique"), row.flag("partial"), columns);
    }

    private void readRest() throws SQLException {
        visit(CatalogQuery.DRIFT_CONSTRAINTS.about(partitions.keySet()), (partition, row) -> {
            Identifier constraint = row.name("name");
            if (!row.flag("validated")) {
                drift.add(new Drift.ConstraintNotValid(
                        partition, constraint, row.flag("alone") && partition.kind() == RelationKind.TABLE));
            }
            if (row.flag("own")) {
                constraints
                        .computeIfAbsent(partition.oid(), oid -> new ArrayList<>())
                        .add(new LeafFacts.OwnConstraint(constraint, row.flag("references")));
            }
        });
        Set<Long> all = new HashSet<>(partitions.keySet());
        all.addAll(parents);
        visit(
                CatalogQuery.DRIFT_TARGETS.about(all),
                (partition, row) -> drift.add(new Drift.StatisticsTarget(
                        partition, row.name("column"), (int) row.number("target"), (int) row.number("parent_target"))));
        visit(
                CatalogQuery.DRIFT_COMMENTS.about(parents),
                (partition, row) -> drift.add(new Drift.CommentMissing(partition, row.text("comment"))));
        Snapshot.each(
                connection,
                CatalogQuery.DRIFT_PUBLICATIONS.about(all),
                row -> publications
                        .computeIfAbsent(row.number("relation"), oid -> new ArrayList<>())
                        .add(row.name("publication")));
    }
}
