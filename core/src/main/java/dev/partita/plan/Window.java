package dev.partita.plan;

import dev.partita.declaration.Stretch;
import dev.partita.table.TableName;

/**
 * A stretch of a table's key for which somebody wants partitions, beyond what is declared: an import, a back-dated writer.
 *
 * @param table whose
 * @param stretch from where to where
 */
public record Window(TableName table, Stretch stretch) {}
