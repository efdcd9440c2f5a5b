package dev.partita.catalog;

import dev.partita.catalog.DetachedPartition.ForeignKey;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A retired partition as its comment tells of it, before anything is known about the table that it came from. */
record DetachedRow(
        long oid,
        TableName name,
        RelationKind kind,
        Marker.Comment comment,
        long pages,
        double estimatedRows,
        List<ForeignKey> foreignKeys) {

    /** All of the database, whatever table they came from; a marker that somebody has spoilt is none. */
    static List<DetachedRow> all(Snapshot snapshot) throws SQLException {
        Map<Long, DetachedRow> found = new LinkedHashMap<>();
        snapshot.each(CatalogQuery.DETACHED.sql(), row -> {
            Optional<Marker.Comment> comment = Marker.Comment.parse(row.text("comment"));
            if (comment.isPresent()) {
                long oid = row.number("oid");
                if (!found.containsKey(oid)) {
                    found.put(
                            oid,
                            new DetachedRow(
                                    oid,
                                    row.table("schema", "name"),
                                    row.kind("relkind"),
                                    comment.get(),
                                    row.number("pages"),
                                    row.real("reltuples"),
                                    new ArrayList<>()));
                }
                if (row.textIfAny("foreign_key").isPresent()) {
                    found.get(oid)
                            .foreignKeys()
                            .add(new ForeignKey(row.name("foreign_key"), row.table("referenced_schema", "referenced")));
                }
            }
        });
        return List.copyOf(found.values());
    }
}
