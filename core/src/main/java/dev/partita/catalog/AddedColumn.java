package dev.partita.catalog;

import dev.partita.sql.Identifier;

/**
 * A column that a table has gained, so that what was taken out before can gain it too.
 *
 * @param name its name
 * @param definition what follows the name in {@code ADD COLUMN}, as the server prints it: type, collation, a constant default, {@code
 *     NOT NULL}
 */
public record AddedColumn(Identifier name, String definition) {}
