package dev.partita.catalog;

import dev.partita.sql.Identifier;

/**
 * A check that a table has.
 *
 * @param name its name
 * @param definition as the server prints it: {@code CHECK (…)}
 */
public record CheckConstraint(Identifier name, String definition) {}
