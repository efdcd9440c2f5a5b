package dev.partita.catalog;

import dev.partita.problem.PartitaException;
import dev.partita.table.TableName;
import java.util.HashSet;
import java.util.Set;

/** The tables that pg_partman maintains, as somebody typed them into its configuration. */
final class PartmanTables {

    private final Set<String> typed = new HashSet<>();
    private final Set<TableName> meant = new HashSet<>();

    /** pg_partman takes schema and table as they stand, without quotes and without folding; people quote them all the same. */
    void add(String name) {
        typed.add(name);
        try {
            meant.add(TableName.parse(name));
        } catch (PartitaException e) {
            // No name as people write it in SQL: then it is one as it stands.
            return;
        }
    }

    void clear() {
        typed.clear();
        meant.clear();
    }

    boolean contains(TableName table) {
        return typed.contains(table.schema().name() + "." + table.name().name()) || meant.contains(table);
    }
}
