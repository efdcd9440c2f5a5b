package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;

/**
 * A column as it is.
 *
 * @param name its name
 * @param type as {@code format_type} prints it: {@code numeric(10,2)}
 * @param keyType what it would be as a partition key
 * @param notNull whether it refuses NULL
 */
public record CatalogColumn(Identifier name, String type, KeyType keyType, boolean notNull) {}
