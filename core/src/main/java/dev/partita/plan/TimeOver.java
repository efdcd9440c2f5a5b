package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import dev.partita.declaration.TimeGrid;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.Optional;

/** Whether the time of partitions is over. */
public final class TimeOver {

    private TimeOver() {}

    /**
     * Whether a partition ends at or before an instant.
     *
     * @return empty if no declared table has such a partition; false for one without an end in time, such as DEFAULT
     */
    public static Optional<Boolean> closed(
            Declarations declarations, Catalog catalog, TableName partition, Instant instant) {
        for (TableDeclaration declared : declarations.tables()) {
            Optional<CatalogTable> table = catalog.table(declared.name());
            Optional<CatalogPartition> found = table.stream()
                    .flatMap(known -> known.partitions().stream())
                    .filter(top -> top.tree().anyMatch(part -> part.name().equals(partition)))
                    .findFirst();
            if (found.isPresent()) {
                return Optional.of(over(declared, table.get(), found.get().bound(), instant));
            }
        }
        return Optional.empty();
    }

    private static boolean over(TableDeclaration declared, CatalogTable table, PartitionBound bound, Instant instant) {
        return bound instanceof PartitionBound.Range range
                && declared.scheme() instanceof Scheme.Range scheme
                && table.key()
                        .flatMap(key -> scheme.spacing().grid(key.type()))
                        .filter(TimeGrid.class::isInstance)
                        .map(TimeGrid.class::cast)
                        .filter(grid -> !grid.place(instant).isBefore(range.to()))
                        .isPresent();
    }
}
