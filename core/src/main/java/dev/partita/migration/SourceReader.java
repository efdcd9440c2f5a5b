package dev.partita.migration;

import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Row;
import dev.partita.catalog.Snapshot;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads everything of a table that has to come across. */
final class SourceReader {

    private final Snapshot snapshot;

    SourceReader(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * The old table.
     *
     * @param portrayed whether the new one is about to be held against it
     */
    Source source(CatalogTable table, boolean portrayed) throws SQLException {
        long oid = table.oid();
        List<SortedMap<String, String>> stored =
                all(Query.RELATION, oid, row -> storage(row.text("options"), row.text("toast")));
        if (stored.isEmpty()) {
            throw new SQLException(table.name() + " is gone", "PT001");
        }
        return new Source(
                table,
                stored.get(0),
                columns(oid),
                sequences(oid),
                all(
                        Query.CONDITIONS,
                        oid,
                        row -> new Source.Check(
                                row.name("name"), row.text("condition"), row.flag("enforced"), row.flag("proved"))),
                all(Query.INDEXES, oid, SourceReader::index),
                statistics(oid),
                keys(oid),
                referencing(oid),
                triggers(oid),
                rules(oid),
                publications(oid),
                bound(oid),
                all(Query.COMMENTS, oid, row -> new Sql(row.text("statement"))),
                portrayed ? Portrait.of(snapshot, table.name()) : Portrait.NONE);
    }

    /**
     * After the swap what belongs to the table hangs on the new one, and foreign keys on its leaves until it has adopted them. What
     * people have added since is not the old one's.
     */
    Source after(Source old, CatalogTable fresh, List<Observation.Leaf> leaves) throws SQLException {
        long oid = fresh.oid();
        Map<Identifier, Source.ForeignKey> keys = new LinkedHashMap<>();
        if (!leaves.isEmpty()) {
            List<Long> first = new ArrayList<>();
            snapshot.each(
                    Sql.of(
                                    "SELECT to_regclass({})::oid::bigint AS leaf",
                                    Literal.of(leaves.get(0).name().sql()))
                            .sql(),
                    row -> first.add(row.number("leaf")));
            keys(first.get(0)).forEach(key -> keys.put(key.name(), key));
        }
        keys(oid).forEach(key -> keys.put(key.name(), key));
        Set<Identifier> triggers =
                old.triggers().stream().map(Source.Trigger::name).collect(Collectors.toSet());
        Set<Identifier> statistics =
                old.statistics().stream().map(each -> each.name().name()).collect(Collectors.toSet());
        Set<Identifier> rules = old.rules().stream().map(Source.Rule::name).collect(Collectors.toSet());
        return new Source(
                old.table(),
                old.storage(),
                columns(oid),
                sequences(oid),
                old.checks(),
                old.indexes(),
                statistics(oid).stream()
                        .filter(each -> statistics.contains(each.retired()))
                        .toList(),
                List.copyOf(keys.values()),
                referencing(oid),
                triggers(oid).stream()
                        .filter(trigger -> triggers.contains(trigger.name()))
                        .toList(),
                rules(oid).stream().filter(rule -> rules.contains(rule.name())).toList(),
                publications(oid),
                bound(oid),
                old.comments(),
                Portrait.NONE);
    }

    /**
     * What stands against a migration of the table, as far as the catalog alone can tell.
     *
     * @param place the columns that would say where a row lies
     * @param names that it would need
     */
    List<Refusal> refusals(CatalogTable table, Collection<Identifier> place, Collection<Identifier> names)
            throws SQLException {
        List<Refusal> refusals = new ArrayList<>();
        snapshot.each(
                Query.REFUSALS.about(table.oid(), place, names),
                row -> refusals.add(new Refusal(row.text("what"), texts(row, "ways"))));
        return refusals;
    }

    /**
     * Something that stands against a migration.
     *
     * @param what behind the name of the table
     */
    record Refusal(String what, List<String> waysOut) {

        Refusal {
            waysOut = List.copyOf(waysOut);
        }
    }

    private List<Source.Column> columns(long table) throws SQLException {
        return all(
                Query.COLUMNS,
                table,
                row -> new Source.Column(
                        row.name("name"), row.flag("generated"), row.text("options"), row.flag("hashable")));
    }

    private List<Source.Sequence> sequences(long table) throws SQLException {
        return all(
                Query.SEQUENCES,
                table,
                row -> new Source.Sequence(
                        row.table("schema", "name"),
                        row.name("column"),
                        row.textIfAny("identity"),
                        row.text("counting"),
                        texts(row, "dress").stream().map(Sql::new).toList()));
    }

    private static Source.Index index(Row row) throws SQLException {
        return new Source.Index(
                row.name("name"),
                row.flag("valid"),
                row.flag("unique"),
                switch (row.text("constraint")) {
                    case "p" -> Source.Constraint.PRIMARY_KEY;
                    case "u" -> Source.Constraint.UNIQUE;
                    case "x" -> Source.Constraint.EXCLUSION;
                    default -> Source.Constraint.NONE;
                },
                row.flag("temporal"),
                row.textIfAny("tail"),
                identifiers(row, "columns"),
                (int) row.number("parts"),
                row.flag("partial"),
                row.flag("clustered"),
                row.flag("identifies"),
                texts(row, "targets").stream().map(Sql::new).toList());
    }

    private List<Source.Statistics> statistics(long table) throws SQLException {
        return all(
                Query.STATISTICS,
                table,
                row -> new Source.Statistics(
                        row.table("schema", "name"),
                        row.text("body"),
                        row.textIfAny("target").map(Integer::valueOf)));
    }

    private List<Source.ForeignKey> keys(long table) throws SQLException {
        return all(
                Query.KEYS,
                table,
                row -> new Source.ForeignKey(
                        row.name("name"),
                        row.text("definition"),
                        row.table("schema", "referenced"),
                        row.textIfAny("comment")));
    }

    private List<Source.Referencing> referencing(long table) throws SQLException {
        return all(
                Query.REFERENCING,
                table,
                row -> new Source.Referencing(
                        row.name("name"),
                        row.table("schema", "referencing"),
                        row.text("definition"),
                        row.textIfAny("comment"),
                        identifiers(row, "columns"),
                        row.flag("proved"),
                        row.flag("partitioned"),
                        row.name("owner"),
                        row.flag("ours")));
    }

    private List<Source.Trigger> triggers(long table) throws SQLException {
        return all(
                        Query.TRIGGERS,
                        table,
                        row -> new Source.Trigger(
                                row.name("name"),
                                row.text("definition"),
                                row.text("enabled").charAt(0)))
                .stream()
                .filter(trigger -> !Capture.isOurs(trigger.name().name()))
                .toList();
    }

    private List<Source.Rule> rules(long table) throws SQLException {
        return all(
                Query.RULES,
                table,
                row -> new Source.Rule(
                        row.name("name"),
                        row.text("definition"),
                        row.text("enabled").charAt(0)));
    }

    private List<Source.Publication> publications(long table) throws SQLException {
        return all(
                Query.PUBLICATIONS,
                table,
                row -> new Source.Publication(row.name("name"), row.textIfAny("columns"), row.textIfAny("filter")));
    }

    private List<Source.Bound> bound(long table) throws SQLException {
        return all(
                Query.BOUND,
                table,
                row -> new Source.Bound(
                        row.text("what"),
                        row.textIfAny("statement").map(SourceReader::statement),
                        row.flag("keyed"),
                        row.flag("materialized"),
                        row.tableIfAny("schema", "relation"),
                        row.flag("view"),
                        row.nameIfAny("owner"),
                        row.flag("ours")));
    }

    /** A body between BEGIN ATOMIC and END has semicolons, at which the driver would not know where the statement ends. */
    private static Sql statement(String text) {
        return text.contains("BEGIN ATOMIC")
                ? Sql.of("DO {}", Literal.of("BEGIN EXECUTE " + Literal.of(text).sql() + "; END"))
                : new Sql(text.stripTrailing().replaceFirst(";$", ""));
    }

    private static SortedMap<String, String> storage(String options, String toast) {
        SortedMap<String, String> storage = new TreeMap<>();
        options.lines().forEach(option -> put(storage, "", option));
        toast.lines().forEach(option -> put(storage, "toast.", option));
        return storage;
    }

    private static void put(SortedMap<String, String> storage, String prefix, String option) {
        int equals = option.indexOf('=');
        storage.put(prefix + option.substring(0, equals), option.substring(equals + 1));
    }

    static List<Identifier> identifiers(Row row, String column) throws SQLException {
        return texts(row, column).stream().map(Identifier::of).toList();
    }

    private static List<String> texts(Row row, String column) throws SQLException {
        return row.list(column, String.class).stream()
                .map((@Nullable String text) -> Objects.requireNonNull(text))
                .toList();
    }

    private <T> List<T> all(Query query, long table, Reading<T> reading) throws SQLException {
        List<T> found = new ArrayList<>();
        snapshot.each(query.about(table), row -> found.add(reading.of(row)));
        return found;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Row row) throws SQLException;
    }
}
