package dev.partita.catalog;

import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out where the present of a table is that is divided by numbers. */
final class Cursor {

    private final Snapshot snapshot;
    private final CatalogTable table;
    private final Level level;

    private Cursor(Snapshot snapshot, CatalogTable table, Level level) {
        this.snapshot = snapshot;
        this.table = table;
        this.level = level;
    }

    /**
     * The present of the table; empty where the declaration needs none and where there is none yet.
     *
     * @throws SQLException when it cannot be found out
     */
    static Optional<RangeLimit> read(Snapshot snapshot, CatalogTable table, Scheme scheme) throws SQLException {
        Optional<Level> level = Level.ofNumbers(scheme);
        return level.isPresent() ? new Cursor(snapshot, table, level.get()).read() : Optional.empty();
    }

    private Optional<RangeLimit> read() throws SQLException {
        return switch (level.cursor()) {
            case KEY -> newestRow();
            case SEQUENCE -> lastValue();
        };
    }

    private Optional<RangeLimit> lastValue() throws SQLException {
        List<RangeLimit> found = new ArrayList<>();
        // Without rights on a sequence its last value is NULL, and no error.
        snapshot.lookInto(
                table.name(),
                () -> snapshot.each(
                        CatalogQuery.SEQUENCE.about(List.of(table.oid()), level.column()),
                        row -> row.textIfAny("last_value")
                                .flatMap(KeyType.BIGINT::limit)
                                .ifPresent(found::add)));
        return found.stream().findFirst();
    }

    /** Looks into one partition after the other, the newest first; those ahead are empty, so few are looked at. */
    private Optional<RangeLimit> newestRow() throws SQLException {
        List<CatalogPartition> newestFirst = level.partitions(table)
                .filter(partition -> partition.kind() != RelationKind.FOREIGN && !partition.detachPending())
                .filter(partition -> range(partition).isPresent())
                .sorted(Comparator.comparing((CatalogPartition partition) ->
                                range(partition).orElseThrow().to())
                        .reversed())
                .toList();
        for (CatalogPartition partition : newestFirst) {
            if (holdsRows(partition)) {
                return Optional.of(position(partition, range(partition).orElseThrow()));
            }
        }
        return Optional.empty();
    }

    /** Bounds that a cursor may lie in; a row beyond a last finite bound says nothing about the present. */
    private static Optional<PartitionBound.Range> range(CatalogPartition partition) {
        return partition.bound() instanceof PartitionBound.Range range
                        && range.to().finite()
                ? Optional.of(range)
                : Optional.empty();
    }

    /** Of a partition that somebody has locked its statistics are believed, if they know of rows. */
    private boolean holdsRows(CatalogPartition partition) throws SQLException {
        List<Boolean> holds = new ArrayList<>();
        try {
            snapshot.lookInto(
                    partition.name(),
                    () -> snapshot.each(
                            Sql.of("SELECT EXISTS (SELECT FROM {}) AS holds", partition.name())
                                    .sql(),
                            row -> holds.add(row.flag("holds"))));
        } catch (SQLException e) {
            if (!ServerMessage.lockNotAvailable(e) || partition.estimatedRows() <= 0) {
                throw e;
            }
            return true;
        }
        return holds.contains(true);
    }

    /** The largest key if an index knows it, else where the partition begins, which is at most one step behind. */
    private RangeLimit position(CatalogPartition partition, PartitionBound.Range range) throws SQLException {
        boolean indexed = table.indexes().stream()
                .anyMatch(index -> index.valid()
                        && !index.partial()
                        && index.method().equals("btree")
                        && index.parts().get(0).column().equals(Optional.of(level.column())));
        if (range.from().finite() && !indexed) {
            return range.from();
        }
        KeyType type = table.column(level.column()).map(CatalogColumn::keyType).orElse(KeyType.OTHER);
        List<RangeLimit> largest = new ArrayList<>();
        try {
            snapshot.lookInto(
                    partition.name(),
                    () -> snapshot.each(
                            Sql.of("SELECT max({})::text AS largest FROM {}", level.column(), partition.name())
                                    .sql(),
                            row -> row.textIfAny("largest")
                                    .flatMap(type::limit)
                                    .filter(RangeLimit::finite)
                                    .ifPresent(largest::add)));
        } catch (SQLException e) {
            if (!range.from().finite()) {
                throw e;
            }
        }
        return largest.isEmpty() ? range.from() : largest.get(0);
    }

    /**
     * The level of a scheme that is divided by numbers.
     *
     * @param depth how many levels lie above it
     */
    private record Level(int depth, Identifier column, Spacing.Cursor cursor) {

        static Optional<Level> ofNumbers(Scheme scheme) {
            int depth = 0;
            for (Optional<Scheme> at = Optional.of(scheme);
                    at.isPresent();
                    at = at.get().then()) {
                if (at.get() instanceof Scheme.Range range && range.spacing() instanceof Spacing.Numbers numbers) {
                    return Optional.of(new Level(depth, range.column(), numbers.cursor()));
                }
                depth++;
            }
            return Optional.empty();
        }

        Stream<CatalogPartition> partitions(CatalogTable table) {
            Stream<CatalogPartition> partitions = table.partitions().stream();
            for (int below = 0; below < depth; below++) {
                partitions = partitions.flatMap(partition -> partition.partitions().stream());
            }
            return partitions;
        }
    }
}
