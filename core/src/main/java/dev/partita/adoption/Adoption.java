package dev.partita.adoption;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.Declarations;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Declarations for tables that are partitioned already.
 *
 * @param tables by name
 */
public record Adoption(List<AdoptedTable> tables) {

    public Adoption {
        tables = List.copyOf(tables);
    }

    /**
     * Declares every table of a catalog so that nothing has to happen to it, as far as that can be said.
     *
     * @param catalog the facts; where a key is a number, its cursor says how many partitions lie ahead
     * @param now the present, by the database's clock
     */
    public static Adoption of(Catalog catalog, Instant now) {
        return new Adoption(catalog.tables().values().stream()
                .sorted(Comparator.comparing(CatalogTable::name))
                .map(table -> TableAdoption.of(table, catalog, now))
                .toList());
    }

    /**
     * What each table would be declared as, without a plan for it: enough for those who only want to know its period.
     *
     * @param catalog the facts
     * @param now the present, by the database's clock
     */
    public static Adoption untried(Catalog catalog, Instant now) {
        return new Adoption(catalog.tables().values().stream()
                .sorted(Comparator.comparing(CatalogTable::name))
                .map(table -> TableAdoption.untried(table, catalog, now))
                .toList());
    }

    /**
     * The same once more for what could be declared, now that it is known where the newest rows are.
     *
     * @param catalog read for {@link #declarations()}
     */
    public Adoption again(Catalog catalog, Instant now) {
        return new Adoption(Stream.concat(leftOut().stream(), of(catalog, now).tables().stream())
                .sorted(Comparator.comparing(AdoptedTable::name))
                .toList());
    }

    /** What could be declared. */
    public Declarations declarations() {
        return new Declarations(
                tables.stream().flatMap(table -> table.declaration().stream()).toList());
    }

    /** What could not. */
    public List<AdoptedTable> leftOut() {
        return tables.stream().filter(table -> table.declaration().isEmpty()).toList();
    }
}
