package dev.partita.report;

import dev.partita.catalog.Catalog;
import dev.partita.plan.Plan;
import java.util.List;
import java.util.Map;

/**
 * How declared tables are: what they hold, how far they reach, what happens next.
 *
 * @param plan what has to happen, made from the same catalog
 * @param tables in the declared order
 */
public record Status(Plan plan, List<TableStatus> tables) {

    public Status {
        tables = List.copyOf(tables);
    }

    /**
     * From facts and the plan made from them.
     *
     * @param sizes of leaves in bytes, by identity; missing where somebody's lock hides them
     */
    public static Status of(Plan plan, Catalog catalog, Map<Long, Long> sizes) {
        return new Status(
                plan,
                plan.tables().stream()
                        .map(table -> new Chest(table, catalog.table(table.name()), sizes, plan.now()).status())
                        .toList());
    }
}
