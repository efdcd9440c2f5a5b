package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.DetachedPartition;
import dev.partita.sql.Identifier;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.table.TableName;
import java.util.Optional;

/**
 * A partition that is wanted and not there.
 *
 * @param parent to what it is to be attached
 * @param column the parent's key
 * @param partition what is to be made
 * @param reason why
 * @param fallback the parent's DEFAULT partition, which may hold rows of it
 * @param future whether it lies so far ahead that no row of it can be expected now
 * @param again the retired partition that takes the place, if there is one; otherwise an empty one is made
 */
record Missing(
        TableName parent,
        Identifier column,
        NewPartition partition,
        Reason reason,
        Optional<CatalogPartition> fallback,
        boolean future,
        Optional<DetachedPartition> again) {

    Missing(
            TableName parent,
            Identifier column,
            NewPartition partition,
            Reason reason,
            Optional<CatalogPartition> fallback,
            boolean future) {
        this(parent, column, partition, reason, fallback, future, Optional.empty());
    }
}
