package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads indexes from rows. */
final class IndexRow {

    private IndexRow() {}

    static CatalogIndex index(Row row) throws SQLException {
        List<Optional<Identifier>> names = row.list("columns", String.class).stream()
                .map(name -> Optional.ofNullable(name).map(Identifier::of))
                .toList();
        List<Boolean> descending = row.list("descending", Boolean.class).stream()
                .map(Boolean.TRUE::equals)
                .toList();
        int parts = (int) row.number("parts");
        List<CatalogIndex.Part> ordered = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            ordered.add(new CatalogIndex.Part(names.get(part), descending.get(part)));
        }
        return new CatalogIndex(
                row.name("name"),
                CatalogIndex.Kind.valueOf(row.text("kind")),
                row.flag("valid"),
                row.text("method"),
                ordered,
                names.stream().skip(parts).flatMap(Optional::stream).toList(),
                row.flag("partial"));
    }

    /** The indexes of partitions, by the partition's identity. */
    static Map<Long, PartitionIndexes> ofPartitions(Snapshot snapshot, Collection<Long> partitions)
            throws SQLException {
        Map<Long, List<PartitionIndexes.Part>> found = new HashMap<>();
        Map<Long, Boolean> owned = new HashMap<>();
        if (!partitions.isEmpty()) {
            snapshot.each(CatalogQuery.PARTITION_INDEXES.about(partitions), row -> {
                long table = row.number("table");
                owned.put(table, row.flag("owned"));
                List<PartitionIndexes.Part> indexes = found.computeIfAbsent(table, oid -> new ArrayList<>());
                if (row.textIfAny("name").isPresent()) {
                    indexes.add(new PartitionIndexes.Part(
                            index(row), row.flag("ordinary"), row.nameIfAny("part_of"), row.flag("building")));
                }
            });
        }
        Map<Long, PartitionIndexes> indexes = new HashMap<>();
        found.forEach(
                (table, all) -> indexes.put(table, new PartitionIndexes(Boolean.TRUE.equals(owned.get(table)), all)));
        return indexes;
    }
}
