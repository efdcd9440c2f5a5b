package dev.partita.migration;

import dev.partita.catalog.CatalogColumn;
import dev.partita.declaration.Naming;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all steps of one migration speak of: rows of one side that are to be rewritten to the other, and where they lie before and
 * after the two have changed places.
 *
 * @param migration its number in the state schema
 * @param table the name that the application knows: the old table's before the swap, the new one's after it
 * @param old what the application works with before the swap
 * @param fresh what it works with after it
 * @param columns those that can be written, in the old table's order; generated ones come by themselves
 * @param key identifies a row of the old table; unique, never NULL, the same in both tables
 * @param place says where a row lies in the new table: the keys of all levels
 */
record Rewrite(
        long migration,
        TableName table,
        List<Part> old,
        List<Part> fresh,
        List<Identifier> columns,
        List<CatalogColumn> key,
        List<CatalogColumn> place) {

    Rewrite {
        old = List.copyOf(old);
        fresh = List.copyOf(fresh);
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        place = List.copyOf(place);
    }

    /** As far as it speaks of names. */
    static Rewrite named(long migration, TableName table) {
        return new Rewrite(migration, table, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** What the application works with, the new one after the swap. */
    List<Part> current(boolean swapped) {
        return swapped ? fresh : old;
    }

    /** The rows that the application works with, to be read. */
    Sql written(boolean swapped) {
        List<Part> parts = current(swapped);
        return parts.size() == 1
                ? Sql.of("{}", parts.get(0))
                : new Sql(parts.stream()
                        .map(part -> Sql.of("SELECT {} FROM {}", Sql.list(columns), part)
                                .sql())
                        .collect(Collectors.joining(" UNION ALL ", "(", ")")));
    }

    /** What is kept like them: the new table before the swap, the old one after it. */
    Part target(boolean swapped) {
        return swapped ? new Part(retired(), holdsAll(old)) : new Part(shadow(), holdsAll(fresh));
    }

    private static boolean holdsAll(List<Part> parts) {
        return parts.size() != 1 || parts.get(0).tree();
    }

    /** What the new table is called until it takes its place. */
    TableName shadow() {
        return table.sibling(shadow(table.name()));
    }

    /** What the old table is called from then on. */
    TableName retired() {
        return table.sibling(retired(table.name()));
    }

    /** Where changes are noted of what the application works with. */
    TableName log(boolean swapped) {
        return table.sibling(beside(table.name(), swapped ? "_partita_back" : "_partita_log"));
    }

    /** What must not have these names yet. */
    List<Identifier> names(Source source) {
        Stream<Identifier> own =
                Stream.of(shadow(), retired(), log(false), log(true)).map(TableName::name);
        Stream<Identifier> indexes =
                source.indexes().stream().flatMap(index -> Stream.of(shadow(index.name()), retired(index.name())));
        Stream<Identifier> sequences = source.sequences().stream()
                .filter(sequence -> sequence.identity().isPresent())
                .map(sequence -> retired(sequence.name().name()));
        return Stream.of(own, indexes, sequences).flatMap(names -> names).toList();
    }

    /** What belongs to the new table is called so until it takes its place. */
    static Identifier shadow(Identifier name) {
        return beside(name, "_partita");
    }

    /** What belongs to the old table is called so from then on. */
    static Identifier retired(Identifier name) {
        return beside(name, "_retired");
    }

    /** What carries changes over is called so. */
    static Identifier mirror(Identifier log) {
        return beside(log, "_now");
    }

    private static Identifier beside(Identifier name, String suffix) {
        return new Naming("{table}" + suffix).name(name, token -> token);
    }

    /** What is noted of a changed row: its key, and its place. */
    List<CatalogColumn> noted() {
        return Stream.concat(key.stream(), place.stream()).distinct().toList();
    }

    /** The names of columns, separated by commas. */
    static Sql names(List<CatalogColumn> columns) {
        return Sql.list(columns.stream().map(CatalogColumn::name).toList());
    }

    /** The columns of a relation, separated by commas. */
    static Sql of(String alias, List<CatalogColumn> columns) {
        return Sql.list(columns.stream()
                .map(column -> Sql.of("{}.{}", new Sql(alias), column.name()))
                .toList());
    }

    /** That two rows have the same in these columns. */
    static Sql same(String one, String other, List<CatalogColumn> columns) {
        return new Sql(columns.stream()
                .map(column -> Sql.of("{}.{} = {}.{}", new Sql(one), column.name(), new Sql(other), column.name())
                        .sql())
                .collect(Collectors.joining(" AND ")));
    }
}
