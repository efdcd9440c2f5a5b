package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A partition without what hangs below it, as the catalog tells it.
 *
 * @param parent the identity of what it is attached to
 * @param division by what it is divided itself, as the catalog stores it; to be compared only
 */
record PartitionRow(
        long parent,
        long oid,
        TableName name,
        RelationKind kind,
        String bound,
        boolean detachPending,
        Optional<String> division,
        Identifier owner,
        SortedMap<String, String> options,
        Optional<Identifier> tablespace,
        long pages,
        double estimatedRows) {

    /** Visits all partitions below these tables, level by level; in no order within a level. */
    static void each(Connection connection, Collection<Long> roots, Consumer<PartitionRow> visitor)
            throws SQLException {
        Collection<Long> above = roots;
        while (!above.isEmpty()) {
            List<Long> divided = new ArrayList<>();
            Snapshot.each(connection, CatalogQuery.PARTITIONS.about(above), row -> {
                PartitionRow partition = of(row);
                if (partition.kind() == RelationKind.PARTITIONED) {
                    divided.add(partition.oid());
                }
                visitor.accept(partition);
            });
            above = divided;
        }
    }

    private static PartitionRow of(Row row) throws SQLException {
        return new PartitionRow(
                row.number("parent"),
                row.number("oid"),
                row.table("schema", "name"),
                row.kind("relkind"),
                row.text("bound"),
                row.flag("detach_pending"),
                row.textIfAny("division"),
                row.name("owner"),
                options(row.list("options", String.class)),
                row.nameIfAny("tablespace"),
                row.number("pages"),
                row.real("reltuples"));
    }

    /** Storage parameters come as {@code name=value}. */
    private static SortedMap<String, String> options(List<String> pairs) {
        if (pairs.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, String> options = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            options.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return options;
    }

    /** What a plan rests on; nothing that VACUUM, ANALYZE or a row changes. No text of the catalog holds a zero character. */
    String essence() {
        return String.join(
                "\0",
                Long.toString(parent),
                Long.toString(oid),
                kind.name(),
                bound,
                Boolean.toString(detachPending),
                division.orElse(""),
                name.schema().name(),
                name.name().name());
    }
}
