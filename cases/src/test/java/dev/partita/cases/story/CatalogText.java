package dev.partita.cases.story;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is in a database, in a text of our own: a table with all there is to say about it, and below it its
 * partitions, of which only that is said in which they differ from their parent ({@code +} and {@code -}).
 */
final class CatalogText {

    private static final String RELATIONS = resource("relations.sql");
    private static final String FACTS = resource("facts.sql");
    private static final String TRACES = resource("traces.sql");
    private static final String COUNTS = resource("counts.sql");

    private final Map<Long, Relation> relations = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private CatalogText() {}

    /** The text of a database, as a superuser's session with plain settings sees it. */
    static String of(Connection connection) throws SQLException {
        CatalogText catalog = new CatalogText();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
        }
        catalog.read(connection);
        catalog.relations.values().stream().filter(Relation::isRoot).forEach(catalog::root);
        return catalog.text.toString().stripTrailing();
    }

    /** The parts of such a text, one for each relation that is no partition. */
    static List<String> tables(String catalog) {
        return List.of(catalog.split("\n(?! )"));
    }

    /** What tells whether anybody has written to the catalog; waits for nobody. */
    static String traces(Connection connection) throws SQLException {
        return rows(connection, TRACES);
    }

    /** How many rows each table holds; waits for whoever locks one of them. */
    static String counts(Connection connection) throws SQLException {
        return rows(connection, COUNTS);
    }

    private static String rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = ''");
            return Rows.of(statement, sql);
        }
    }

    private void read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Relation relation = new Relation(
                        row.getString("schema"),
                        row.getString("name"),
                        row.getString("kind"),
                        row.getString("key"),
                        row.getString("bound"),
                        row.getBoolean("pending"),
                        row.getLong("parent"));
                relations.put(row.getLong("oid"), relation);
            }
        }
        relations.forEach((oid, relation) -> {
            Relation parent = relations.get(relation.parent);
            if (parent != null) {
                parent.partitions.add(relation);
            }
        });
        try (PreparedStatement statement = connection.prepareStatement(FACTS);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Relation relation = Objects.requireNonNull(relations.get(row.getLong("oid")));
                relation.facts.add(new Fact(row.getString("kind"), row.getString("name"), row.getString("text")));
            }
        }
    }

    private void root(Relation root) {
        text.append(root.schema)
                .append('.')
                .append(root.name)
                .append(": ")
                .append(root.key == null ? root.kind : root.key)
                .append('\n');
        if (root.key != null) {
            line("  ", "columns " + root.texts("column").collect(Collectors.joining(", ")));
            root.facts.stream().filter(fact -> !fact.kind.equals("column")).forEach(fact -> line("  ", fact.named()));
            root.partitions.forEach(partition -> partition(partition, root, "  "));
        } else {
            root.facts.stream().filter(fact -> fact.kind.equals("comment")).forEach(fact -> line("  ", fact.named()));
        }
    }

    private void partition(Relation partition, Relation parent, String indent) {
        String schema = partition.schema.equals(parent.schema) ? "" : partition.schema + ".";
        line(
                indent,
                "> " + schema + partition.name + ": "
                        + String.valueOf(partition.bound).replaceFirst("^FOR VALUES ", "")
                        + (partition.key == null ? "" : ", " + partition.key)
                        + (partition.kind.equals("a foreign table") ? ", a foreign table" : "")
                        + (partition.pending ? ", detach pending" : ""));
        List<Fact> more = new ArrayList<>(partition.facts);
        List<Fact> less = new ArrayList<>(parent.facts);
        parent.facts.forEach(fact -> removeOne(more, fact));
        partition.facts.forEach(fact -> removeOne(less, fact));
        less.forEach(fact -> line(indent + "    ", "- " + fact.unnamed()));
        more.forEach(fact -> line(indent + "    ", "+ " + fact.named()));
        partition.partitions.forEach(child -> partition(child, partition, indent + "  "));
    }

    private static void removeOne(List<Fact> facts, Fact like) {
        for (int i = 0; i < facts.size(); i++) {
            if (facts.get(i).saysTheSameAs(like)) {
                facts.remove(i);
                return;
            }
        }
    }

    private void line(String indent, String words) {
        text.append(indent).append(words).append('\n');
    }

    private static String resource(String name) {
        try (InputStream file = CatalogText.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Fact(String kind, @Nullable String name, String text) {

        boolean saysTheSameAs(Fact other) {
            return kind.equals(other.kind) && text.equals(other.text);
        }

        String named() {
            return (kind + (name == null ? "" : " " + name) + " " + text).strip();
        }

        String unnamed() {
            return (kind + " " + text).strip();
        }
    }

    private static final class Relation {

        private final String schema;
        private final String name;
        private final String kind;
        private final @Nullable String key;
        private final @Nullable String bound;
        private final boolean pending;
        private final long parent;
        private final List<Fact> facts = new ArrayList<>();
        private final List<Relation> partitions = new ArrayList<>();

        Relation(
                String schema,
                String name,
                String kind,
                @Nullable String key,
                @Nullable String bound,
                boolean pending,
                long parent) {
            this.schema = schema;
            this.name = name;
            this.kind = kind;
            this.key = key;
            this.bound = bound;
            this.pending = pending;
            this.parent = parent;
        }

        boolean isRoot() {
            return parent == 0;
        }

        java.util.stream.Stream<String> texts(String ofKind) {
            return facts.stream().filter(fact -> fact.kind.equals(ofKind)).map(Fact::text);
        }
    }
}
