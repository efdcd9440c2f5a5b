package dev.partita.table;

import org.jspecify.annotations.Nullable;

/**
 * One value of a list partition.
 *
 * @param text the value as PostgreSQL prints it for the key's type; null is SQL's NULL, which a list may name
 */
public record ListValue(@Nullable String text) {

    public static final ListValue NULL = new ListValue(null);

    @Override
    public String toString() {
        return text == null ? "NULL" : text;
    }
}
