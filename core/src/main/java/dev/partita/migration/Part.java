package dev.partita.migration;

import dev.partita.sql.Sql;
import dev.partita.sql.SqlPart;
import dev.partita.table.TableName;

/**
 * Rows that belong to a side of a migration.
 *
 * @param tree whether with everything below it
 */
record Part(TableName name, boolean tree) implements SqlPart {

    /** As it stands behind {@code FROM}, {@code DELETE FROM} and {@code LOCK TABLE}. */
    @Override
    public String sql() {
        return Sql.of(tree ? "{}" : "ONLY {}", name).sql();
    }
}
