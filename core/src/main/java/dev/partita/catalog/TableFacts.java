package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.PartitionKey;
import dev.partita.table.PartitionMethod;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads everything about some tables, by as many queries for a thousand of them as for one. */
final class TableFacts {

    private final Snapshot snapshot;
    private final Map<Long, Root> roots = new LinkedHashMap<>();
    private final ByTable<PartitionRow> children = new ByTable<>();
    private final ByTable<PartitionKey.Part> keyParts = new ByTable<>();
    private final Map<Long, PartitionMethod> methods = new HashMap<>();
    private final ByTable<CatalogColumn> columns = new ByTable<>();
    private final Map<Long, SortedMap<Identifier, Integer>> statistics = new HashMap<>();
    private final ByTable<AddedColumn> added = new ByTable<>();
    private final ByTable<CatalogIndex> indexes = new ByTable<>();
    private final Map<Long, CatalogIndex> replicaIdentities = new HashMap<>();
    private final ByTable<TableName> references = new ByTable<>();
    private final ByTable<TableName> referencedBy = new ByTable<>();
    private final ByTable<Likeness.Grant> grants = new ByTable<>();
    private final ByTable<Optional<Identifier>> strangers = new ByTable<>();
    private final ByTable<Likeness.Policy> policies = new ByTable<>();
    private final ByTable<Identifier> leftovers = new ByTable<>();
    private final List<DetachedRow> detached = new ArrayList<>();
    private final ByTable<DetachedPartition.Stored> stored = new ByTable<>();
    private final ByTable<TableName> below = new ByTable<>();
    private final ByTable<Identifier> checkNames = new ByTable<>();
    private final ByTable<CheckConstraint> checks = new ByTable<>();
    private final Map<Long, Fingerprint> fingerprints = new HashMap<>();
    private final Map<Long, String> unreadable = new HashMap<>();
    private final BoundParser.Limits limits = new BoundParser.Limits();

    private TableFacts(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** What is found under these names; what does not exist is missing. */
    static Map<TableName, CatalogTable> read(Snapshot snapshot, Collection<TableName> names) throws SQLException {
        TableFacts facts = new TableFacts(snapshot);
        facts.readRoots(List.copyOf(names));
        if (facts.roots.isEmpty()) {
            return Map.of();
        }
        facts.readPartitions();
        facts.readDetached();
        facts.readKeys();
        facts.readColumns();
        facts.readAdded();
        facts.readIndexes();
        facts.readReferences();
        facts.readGrants();
        facts.readPolicies();
        facts.readFingerprints();
        Map<TableName, CatalogTable> tables = new LinkedHashMap<>();
        for (Root root : facts.roots.values()) {
            tables.put(root.name(), facts.table(root));
        }
        return tables;
    }

    private void readRoots(List<TableName> names) throws SQLException {
        snapshot.each(CatalogQuery.TABLES.named(names), row -> {
            TableName name = names.get((int) row.number("place") - 1);
            Root root = new Root(
                    row.number("oid"),
                    name,
                    row.kind("relkind"),
                    row.name("owner"),
                    row.real("reltuples"),
                    row.flag("relforcerowsecurity") && row.flag("relrowsecurity")
                            ? Likeness.RowSecurity.FORCED
                            : row.flag("relrowsecurity") ? Likeness.RowSecurity.ENABLED : Likeness.RowSecurity.OFF,
                    row.text("relreplident"),
                    row.nameIfAny("tablespace"),
                    row.nameIfAny("access_method"),
                    row.textIfAny("comment"));
            roots.put(root.oid(), root);
        });
    }

    private void readPartitions() throws SQLException {
        PartitionRow.each(snapshot.connection(), roots.keySet(), row -> children.add(row.parent(), row));
        snapshot.each(CatalogQuery.LEFTOVERS.sql(), row -> leftovers.add(row.number("table"), row.name("name")));
    }

    private void readDetached() throws SQLException {
        detached.addAll(DetachedRow.all(snapshot));
        if (!detached.isEmpty()) {
            List<Long> oids = detached.stream().map(DetachedRow::oid).toList();
            snapshot.each(CatalogQuery.DETACHED_STORED.about(oids), row -> {
                long table = row.number("table");
                TableName name = row.table("schema", "name");
                if (row.flag("below")) {
                    below.add(table, name);
                }
                Optional<Identifier> tablespace = row.nameIfAny("tablespace");
                if (tablespace.isPresent()) {
                    stored.add(table, new DetachedPartition.Stored(name, row.flag("index"), tablespace.get()));
                }
            });
            readChecks(oids);
        }
    }

    /** They are printed only where something that was taken out lacks one; under a lock, without which attaching refuses it. */
    private void readChecks(List<Long> oids) throws SQLException {
        List<Long> all = Stream.concat(oids.stream(), parents().stream()).toList();
        snapshot.each(CatalogQuery.CHECKS.about(all), row -> checkNames.add(row.number("table"), row.name("name")));
        List<Long> grown = parents().stream()
                .filter(parent ->
                        oids.stream().anyMatch(oid -> !checkNames.of(oid).containsAll(checkNames.of(parent))))
                .toList();
        if (grown.isEmpty()) {
            return;
        }
        try {
            snapshot.attempt(() -> snapshot.each(
                    CatalogQuery.CHECK_DEFINITIONS.about(grown),
                    row -> checks.add(
                            row.number("table"), new CheckConstraint(row.name("name"), row.text("definition")))));
        } catch (SQLException e) {
            if (!ServerMessage.lockNotAvailable(e)) {
                throw e;
            }
        }
    }

    /** What partitions may hang below. */
    private List<Long> parents() {
        return Stream.concat(
                        roots.keySet().stream(),
                        children.all()
                                .filter(child -> child.kind() == RelationKind.PARTITIONED)
                                .map(PartitionRow::oid))
                .toList();
    }

    private void readKeys() throws SQLException {
        snapshot.each(CatalogQuery.KEYS.about(parents()), row -> {
            long table = row.number("table");
            methods.put(
                    table,
                    switch (row.text("method")) {
                        case "r" -> PartitionMethod.RANGE;
                        case "l" -> PartitionMethod.LIST;
                        case "h" -> PartitionMethod.HASH;
                        default -> throw new SQLException("an unknown partition method: " + row.text("method"));
                    });
            keyParts.add(
                    table,
                    new PartitionKey.Part(
                            row.nameIfAny("column"),
                            row.type("type"),
                            row.tableIfAny("collation_schema", "collation"),
                            row.tableIfAny("operator_class_schema", "operator_class")));
        });
    }

    private void readColumns() throws SQLException {
        List<Long> tables = Stream.concat(
                        roots.keySet().stream(), detached.stream().map(DetachedRow::oid))
                .toList();
        snapshot.each(CatalogQuery.COLUMNS.about(tables), row -> {
            long table = row.number("table");
            Identifier name = row.name("name");
            columns.add(table, new CatalogColumn(name, row.text("declared"), row.type("type"), row.flag("not_null")));
            if (row.textIfAny("statistics").isPresent()) {
                statistics.computeIfAbsent(table, oid -> new TreeMap<>()).put(name, (int) row.number("statistics"));
            }
        });
    }

    /** Asked only where something that was taken out lacks a column. Defaults are printed under a lock; without them it is told. */
    private void readAdded() throws SQLException {
        List<Long> grown = roots.keySet().stream()
                .filter(root -> detached.stream()
                        .filter(row -> isOf(root, row))
                        .anyMatch(row -> columns.of(root).stream()
                                .anyMatch(column -> isMissing(column.name(), columns.of(row.oid())))))
                .toList();
        if (grown.isEmpty()) {
            return;
        }
        try {
            snapshot.attempt(() -> snapshot.each(
                    CatalogQuery.ADDED.about(grown),
                    row -> added.add(row.number("table"), new AddedColumn(row.name("name"), row.text("definition")))));
        } catch (SQLException e) {
            if (!ServerMessage.lockNotAvailable(e)) {
                throw e;
            }
        }
    }

    private void readIndexes() throws SQLException {
        snapshot.each(CatalogQuery.INDEXES.about(roots.keySet()), row -> {
            long table = row.number("table");
            CatalogIndex index = IndexRow.index(row);
            indexes.add(table, index);
            if (row.flag("replica_identity")) {
                replicaIdentities.put(table, index);
            }
        });
    }

    private void readReferences() throws SQLException {
        snapshot.each(CatalogQuery.REFERENCES.about(roots.keySet()), row -> {
            references.addOnce(row.number("referencing"), row.table("referenced_schema", "referenced_name"));
            referencedBy.addOnce(row.number("referenced"), row.table("referencing_schema", "referencing_name"));
        });
    }

    private void readGrants() throws SQLException {
        snapshot.each(
                CatalogQuery.GRANTS.about(roots.keySet()),
                row -> grants.add(
                        row.number("table"),
                        new Likeness.Grant(
                                row.nameIfAny("grantee"),
                                row.text("privilege"),
                                row.nameIfAny("column"),
                                row.flag("grantable"))));
        snapshot.each(
                CatalogQuery.STRANGERS.about(roots.keySet()),
                row -> strangers.add(row.number("table"), row.nameIfAny("grantee")));
    }

    /** Policies are printed under a lock on their table, so a lock of somebody else is to cost that table alone. */
    private void readPolicies() throws SQLException {
        try {
            readPolicies(roots.keySet());
        } catch (SQLException e) {
            for (long root : roots.keySet()) {
                try {
                    readPolicies(List.of(root));
                } catch (SQLException again) {
                    unreadable.put(root, "its policies: " + ServerMessage.of(again));
                }
            }
        }
    }

    private void readPolicies(Collection<Long> tables) throws SQLException {
        ByTable<Likeness.Policy> found = new ByTable<>();
        snapshot.attempt(() -> snapshot.each(
                CatalogQuery.POLICIES.about(tables),
                row -> found.add(
                        row.number("table"),
                        new Likeness.Policy(
                                row.name("name"),
                                row.flag("permissive"),
                                row.text("command"),
                                row.list("roles", String.class).stream()
                                        .map(name -> Optional.ofNullable(name).map(Identifier::of))
                                        .toList(),
                                row.textIfAny("using"),
                                row.textIfAny("check")))));
        policies.addAll(found);
    }

    private void readFingerprints() throws SQLException {
        snapshot.each(
                CatalogQuery.FINGERPRINT.about(roots.keySet()),
                row -> fingerprints.put(
                        row.number("table"), Fingerprint.of(row.text("digest"), below(row.number("table")))));
    }

    private Stream<PartitionRow> below(long parent) {
        return children.of(parent).stream().flatMap(child -> Stream.concat(Stream.of(child), below(child.oid())));
    }

    private CatalogTable table(Root root) throws SQLException {
        Optional<PartitionKey> key = key(root.oid());
        List<CatalogPartition> partitions =
                key.map(known -> partitions(root.oid(), known)).orElse(List.of());
        Fingerprint fingerprint = fingerprints.get(root.oid());
        if (fingerprint == null) {
            throw new SQLException("no fingerprint of " + root.name());
        }
        return new CatalogTable(
                root.oid(),
                root.name(),
                root.kind(),
                key,
                columns.of(root.oid()),
                indexes.of(root.oid()),
                references.of(root.oid()),
                referencedBy.of(root.oid()),
                likeness(root),
                partitions,
                detached(root),
                estimate(root, partitions),
                Optional.empty(),
                false,
                false,
                fingerprint,
                Optional.ofNullable(unreadable.get(root.oid())));
    }

    /** What was taken out of the table or of a branch of it. */
    private List<DetachedPartition> detached(Root root) {
        if (detached.isEmpty()) {
            return List.of();
        }
        Map<TableName, Long> parents = new HashMap<>();
        parents.put(root.name(), root.oid());
        below(root.oid())
                .filter(row -> row.kind() == RelationKind.PARTITIONED)
                .forEach(branch -> parents.put(branch.name(), branch.oid()));
        List<DetachedPartition> found = new ArrayList<>();
        for (DetachedRow row : detached) {
            Marker marker = row.comment().marker();
            Optional.ofNullable(parents.get(marker.parent()))
                    .flatMap(this::key)
                    .ifPresent(key -> found.add(new DetachedPartition(
                            row.oid(),
                            row.name(),
                            row.kind(),
                            row.comment(),
                            BoundParser.parse(marker.bound(), key, limits),
                            row.pages(),
                            row.estimatedRows(),
                            row.foreignKeys(),
                            columns.of(row.oid()),
                            below.of(row.oid()),
                            stored.of(row.oid()),
                            lacking(root, row),
                            lackingChecks(parents.getOrDefault(marker.parent(), root.oid()), row.oid()))));
        }
        return found;
    }

    private List<AddedColumn> lacking(Root root, DetachedRow row) {
        return added.of(root.oid()).stream()
                .filter(column -> isMissing(column.name(), columns.of(row.oid())))
                .toList();
    }

    private List<CheckConstraint> lackingChecks(long parent, long detached) {
        return checks.of(parent).stream()
                .filter(check -> !checkNames.of(detached).contains(check.name()))
                .toList();
    }

    private boolean isOf(long root, DetachedRow row) {
        TableName parent = row.comment().marker().parent();
        return Optional.ofNullable(roots.get(root))
                        .filter(table -> table.name().equals(parent))
                        .isPresent()
                || below(root).anyMatch(branch -> branch.name().equals(parent));
    }

    private static boolean isMissing(Identifier column, List<CatalogColumn> columns) {
        return columns.stream().noneMatch(there -> there.name().equals(column));
    }

    private Likeness likeness(Root root) {
        return new Likeness(
                root.owner(),
                grants.of(root.oid()),
                strangers.of(root.oid()),
                root.rowSecurity(),
                policies.of(root.oid()),
                replicaIdentity(root),
                statistics.getOrDefault(root.oid(), Collections.emptySortedMap()),
                root.tablespace(),
                root.accessMethod(),
                root.comment());
    }

    private Likeness.ReplicaIdentity replicaIdentity(Root root) {
        CatalogIndex index = replicaIdentities.get(root.oid());
        return switch (root.replicaIdentity()) {
            case "n" -> new Likeness.ReplicaIdentity.Nothing();
            case "f" -> new Likeness.ReplicaIdentity.Full();
            // Without its index, which was dropped, it is like nothing.
            case "i" ->
                index == null ? new Likeness.ReplicaIdentity.Nothing() : new Likeness.ReplicaIdentity.Index(index);
            default -> new Likeness.ReplicaIdentity.PrimaryKey();
        };
    }

    private Optional<PartitionKey> key(long oid) {
        return Optional.ofNullable(methods.get(oid)).map(method -> new PartitionKey(method, keyParts.of(oid)));
    }

    private List<CatalogPartition> partitions(long parent, PartitionKey parentKey) {
        List<CatalogPartition> partitions = new ArrayList<>();
        for (PartitionRow child : children.of(parent)) {
            Optional<PartitionKey> key = key(child.oid());
            partitions.add(new CatalogPartition(
                    child.oid(),
                    child.name(),
                    child.kind(),
                    BoundParser.parse(child.bound(), parentKey, limits),
                    child.bound(),
                    child.detachPending(),
                    key,
                    child.owner(),
                    child.options(),
                    child.tablespace(),
                    child.pages(),
                    child.estimatedRows(),
                    leftovers.of(child.oid()),
                    key.map(known -> partitions(child.oid(), known)).orElse(List.of())));
        }
        return partitions;
    }

    /** The sum over what holds rows; a partitioned table itself is never looked at by autovacuum. */
    private static double estimate(Root root, List<CatalogPartition> partitions) {
        if (root.kind() != RelationKind.PARTITIONED) {
            return root.estimatedRows();
        }
        double[] known = partitions.stream()
                .flatMap(CatalogPartition::tree)
                .filter(partition -> partition.kind() != RelationKind.PARTITIONED)
                .mapToDouble(CatalogPartition::estimatedRows)
                .filter(rows -> rows >= 0)
                .toArray();
        return known.length == 0 ? -1 : Arrays.stream(known).sum();
    }

    /** A declared table. */
    private record Root(
            long oid,
            TableName name,
            RelationKind kind,
            Identifier owner,
            double estimatedRows,
            Likeness.RowSecurity rowSecurity,
            String replicaIdentity,
            Optional<Identifier> tablespace,
            Optional<Identifier> accessMethod,
            Optional<String> comment) {}

    /** Facts, sorted by the table that they belong to. */
    private static final class ByTable<T> {

        private final Map<Long, List<T>> facts = new HashMap<>();

        void add(long table, T fact) {
            facts.computeIfAbsent(table, oid -> new ArrayList<>()).add(fact);
        }

        void addOnce(long table, T fact) {
            if (!of(table).contains(fact)) {
                add(table, fact);
            }
        }

        void addAll(ByTable<T> others) {
            others.facts.forEach((table, list) -> list.forEach(fact -> add(table, fact)));
        }

        List<T> of(long table) {
            return facts.getOrDefault(table, List.of());
        }

        Stream<T> all() {
            return facts.values().stream().flatMap(List::stream);
        }
    }
}
