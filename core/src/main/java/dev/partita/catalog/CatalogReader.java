package dev.partita.catalog;

import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Sql;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the facts about declared tables in one snapshot, with the same few queries whatever their number.
 *
 * <p>Nothing waits for a lock on a partition, and a lock on a table costs at most that table's details. Works on a standby.
 */
public final class CatalogReader {

    /**
     * The facts about these tables.
     *
     * <p>A table that does not exist but has a {@code create:} is rehearsed: made, looked at and rolled back, all under a small
     * {@code lock_timeout}. Otherwise the transaction is read-only.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @throws SQLException when the server fails as a whole; a table that cannot be read is {@linkplain
     *     CatalogTable#unreadable() unreadable} instead
     */
    public Catalog read(Connection connection, List<TableDeclaration> declarations) throws SQLException {
        boolean mayRehearse =
                declarations.stream().anyMatch(table -> table.create().isPresent());
        try (Snapshot snapshot = Snapshot.begin(connection, mayRehearse)) {
            ServerFacts server = ServerFacts.read(snapshot);
            Map<TableName, CatalogTable> found = TableFacts.read(snapshot, names(declarations));
            List<TableDeclaration> missing = declarations.stream()
                    .filter(table -> table.create().isPresent() && !found.containsKey(table.name()))
                    .toList();
            if (mayRehearse && missing.isEmpty()) {
                snapshot.readOnly();
            }
            Map<TableName, CatalogTable> tables = new LinkedHashMap<>();
            for (TableDeclaration declaration : declarations) {
                CatalogTable table = found.get(declaration.name());
                if (table != null) {
                    tables.put(table.name(), complete(snapshot, table, declaration, server));
                }
            }
            tables.putAll(new Rehearsal(snapshot, server.server().user()).of(missing));
            return new Catalog(server.server(), tables, Answers.NONE, lastRuns(snapshot, server.server()));
        }
    }

    /** A memory that cannot be read is none; whoever writes it says so. */
    private static Optional<Map<TableName, LastRun>> lastRuns(Snapshot snapshot, Server server) throws SQLException {
        if (server.stateSchema().orElse(0) < Server.REMEMBERS) {
            return Optional.empty();
        }
        Map<TableName, LastRun> runs = new HashMap<>();
        try {
            snapshot.attempt(() -> snapshot.each(
                    CatalogQuery.LAST_RUNS.sql(),
                    row -> runs.put(
                            row.table("schema", "name"),
                            new LastRun(
                                    Instant.ofEpochMilli(row.number("ran_at")),
                                    row.text("rule"),
                                    row.textIfAny("doubt")))));
        } catch (SQLException e) {
            return Optional.empty();
        }
        return Optional.of(runs);
    }

    /**
     * The facts about every partitioned table of the database that is no partition itself; where the newest rows are is not
     * looked for.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @throws SQLException when the server fails as a whole
     */
    public Catalog discover(Connection connection) throws SQLException {
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            ServerFacts server = ServerFacts.read(snapshot);
            List<TableName> roots = new ArrayList<>();
            snapshot.each(CatalogQuery.ROOTS.sql(), row -> roots.add(row.table("schema", "name")));
            Map<TableName, CatalogTable> tables = new LinkedHashMap<>();
            for (CatalogTable table : TableFacts.read(snapshot, roots).values()) {
                tables.put(
                        table.name(),
                        table.with(Optional.empty(), false, server.managedByPartman(table.name()), table.unreadable()));
            }
            return new Catalog(server.server(), tables, Answers.NONE);
        }
    }

    /**
     * How large the leaves of these tables are right now, in bytes, with indexes and TOAST; by identity.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @return without those on which somebody's lock would make us wait
     * @throws SQLException when the server fails as a whole
     */
    public Map<Long, Long> sizes(Connection connection, Catalog catalog) throws SQLException {
        List<Long> leaves = catalog.tables().values().stream()
                .flatMap(CatalogTable::leaves)
                .map(CatalogPartition::oid)
                .toList();
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            return sizes(snapshot, leaves);
        }
    }

    private static Map<Long, Long> sizes(Snapshot snapshot, Collection<Long> relations) throws SQLException {
        Map<Long, Long> sizes = new HashMap<>();
        if (relations.isEmpty()) {
            return sizes;
        }
        try {
            snapshot.attempt(() -> snapshot.each(
                    CatalogQuery.SIZES.about(relations), row -> sizes.put(row.number("oid"), row.number("bytes"))));
        } catch (SQLException e) {
            if (!ServerMessage.lockNotAvailable(e)) {
                throw e;
            }
            // Somebody took a lock between our look and the function: then what was found so far has to do.
            return sizes;
        }
        return sizes;
    }

    private static List<TableName> names(List<TableDeclaration> declarations) {
        return declarations.stream().map(TableDeclaration::name).toList();
    }

    private static CatalogTable complete(
            Snapshot snapshot, CatalogTable table, TableDeclaration declaration, ServerFacts server) {
        Optional<RangeLimit> cursor = Optional.empty();
        Optional<String> unreadable = table.unreadable();
        try {
            cursor = Cursor.read(snapshot, table, declaration.scheme());
        } catch (SQLException e) {
            unreadable = Optional.of("where its newest rows are: " + ServerMessage.of(e));
        }
        return table.with(cursor, false, server.managedByPartman(table.name()), unreadable);
    }

    /**
     * What a plan for the table would rest on right now.
     *
     * @param connection inside a transaction under {@link SessionSettings#PINNED} and {@link
     *     SessionSettings#LOOK_INTO_INDEXES}, with a lock that lets nobody change the table
     *     between two queries
     * @param table the table's identity
     * @return {@link Fingerprint#ABSENT} if there is no such table
     */
    public Fingerprint fingerprint(Connection connection, long table) throws SQLException {
        List<PartitionRow> below = new ArrayList<>();
        List<Fingerprint> found = new ArrayList<>();
        PartitionRow.each(connection, List.of(table), below::add);
        Snapshot.each(
                connection,
                CatalogQuery.FINGERPRINT.about(List.of(table)),
                row -> found.add(Fingerprint.of(row.text("digest"), below.stream())));
        return found.isEmpty() ? Fingerprint.ABSENT : found.get(0);
    }

    /**
     * Asks for a cheap sign of the table's state, to be compared with itself a moment later: it differs when somebody has changed
     * what a {@link Fingerprint} rests on, and may differ otherwise.
     *
     * @param table the table's identity
     * @return a query whose only column is a digest; NULL comes back if there is no such table
     */
    public static Sql stampQuery(long table) {
        return new Sql(CatalogQuery.STAMP.about(List.of(table)));
    }

    /**
     * Looks up what planning asked: a second, short snapshot.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @throws SQLException when the server fails as a whole; what cannot be told is {@link Answers.Rows.Unknown}
     */
    public Answers answer(Connection connection, Questions questions) throws SQLException {
        if (questions.isEmpty()) {
            return Answers.NONE;
        }
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            Map<Long, String> comments = new HashMap<>();
            if (!questions.comments().isEmpty()) {
                snapshot.each(
                        CatalogQuery.COMMENTS.about(questions.comments()),
                        row -> comments.put(row.number("oid"), row.text("comment")));
            }
            Map<Long, Long> sizes = sizes(snapshot, questions.sizes());
            DefaultRows defaults = DefaultRows.count(snapshot, questions.defaults());
            return new Answers(
                    TakenNames.of(snapshot, questions.names()),
                    defaults.rows(),
                    defaults.pages(),
                    defaults.moving(),
                    comments,
                    sizes,
                    References.of(snapshot, questions.referenced()),
                    IndexRow.ofPartitions(snapshot, questions.indexed()),
                    KeepingRows.of(snapshot, questions.keeping()),
                    Differences.of(snapshot.connection(), questions.drifting()).drift().stream()
                            .collect(Collectors.groupingBy(
                                    drift -> drift.partition().oid())),
                    strays(snapshot, questions.strays()));
        }
    }

    private static Map<TableName, Answers.Stray> strays(Snapshot snapshot, Collection<TableName> names)
            throws SQLException {
        Map<TableName, Answers.Stray> strays = new HashMap<>();
        if (!names.isEmpty()) {
            snapshot.each(
                    CatalogQuery.STRAY.named(List.copyOf(names)),
                    row -> strays.put(
                            row.table("schema", "name"),
                            new Answers.Stray(row.number("oid"), row.flag("attached"), row.textIfAny("comment"))));
        }
        return strays;
    }
}
