package dev.partita.plan;

import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogIndex;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Scheme;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The primary-key puzzle: PostgreSQL can keep rows unique over all partitions only if every unique constraint holds the keys of
 * all levels.
 */
final class UniqueKeys {

    private UniqueKeys() {}

    /**
     * Reports every unique constraint or index that lacks a key.
     *
     * @return whether the puzzle is solved
     */
    static boolean check(CatalogTable table, Scheme scheme, Findings findings) {
        Set<Identifier> keys = keys(scheme);
        boolean solved = true;
        for (CatalogIndex index : table.indexes()) {
            if (index.enforcesUniqueness()) {
                solved &= check(table, index, keys, findings);
            }
        }
        return solved;
    }

    /** The key columns of all levels, outermost first. */
    static Set<Identifier> keys(Scheme scheme) {
        Set<Identifier> keys = new LinkedHashSet<>();
        for (Optional<Scheme> level = Optional.of(scheme);
                level.isPresent();
                level = level.get().then()) {
            keys.add(level.get().column());
        }
        return keys;
    }

    private static boolean check(CatalogTable table, CatalogIndex index, Set<Identifier> keys, Findings findings) {
        List<Identifier> lacking =
                keys.stream().filter(key -> !index.columns().contains(key)).toList();
        if (lacking.isEmpty()) {
            return true;
        }
        List<Identifier> solved = new ArrayList<>(index.columns());
        solved.addAll(lacking);
        Sql columns = Sql.list(solved);
        boolean primary = index.kind() == CatalogIndex.Kind.PRIMARY_KEY;
        List<String> waysOut = new ArrayList<>();
        waysOut.add(change(table, index, columns, primary)
                + (primary ? "  -- its own columns first, so that a look-up by them alone has an index" : ""));
        if (primary && index.columns().size() == 1) {
            byItself(table, index.columns().get(0)).ifPresent(waysOut::add);
        }
        if (!primary) {
            waysOut.add("or give it up on the table and keep it within each partition: leaf-indexes: [{columns: "
                    + index.columns() + ", unique: true}]; then two partitions may hold equal rows");
        }
        findings.add(
                Severity.ERROR,
                primary ? ProblemCode.PRIMARY_KEY_LACKS_PARTITION_KEY : ProblemCode.UNIQUE_LACKS_PARTITION_KEY,
                noun(index) + " " + index.name() + " (" + Sql.list(index.columns()) + ") lacks "
                        + (lacking.size() == 1 ? "the partition key " : "the partition keys ") + Sql.list(lacking)
                        + "; PostgreSQL checks uniqueness inside single partitions only, so it wants the keys of all "
                        + "levels in it",
                waysOut);
        return false;
    }

    /** A key that carries its own order may stay alone. */
    private static Optional<String> byItself(CatalogTable table, Identifier id) {
        String begin = "or partition by " + id + " itself, which keeps the primary key and prunes look-ups by it: ";
        return table.column(id).map(CatalogColumn::keyType).flatMap(type -> switch (type) {
            case UUID -> Optional.of(begin + "range: " + id + ", encoding: uuidv7, if these are UUIDs of version 7");
            case BIGINT ->
                Optional.of(
                        begin + "range: " + id + ", every: 10_000_000, cursor: sequence; or encoding: { snowflake: … } "
                                + "if these are Snowflake ids, which are ordered by time");
            case INTEGER -> Optional.of(begin + "range: " + id + ", every: 1_000_000, cursor: sequence");
            default -> Optional.empty();
        });
    }

    private static String change(CatalogTable table, CatalogIndex index, Sql columns, boolean primary) {
        if (table.rehearsed()) {
            return "write in create: " + (primary ? "PRIMARY KEY (" : "UNIQUE (") + columns + ")";
        }
        if (table.kind() == RelationKind.TABLE) {
            return "partita migrate start " + table.name() + " makes it " + (primary ? "PRIMARY KEY (" : "UNIQUE (")
                    + columns + ") while everybody works";
        }
        if (index.kind() == CatalogIndex.Kind.UNIQUE_INDEX) {
            // PostgreSQL makes no index of a partitioned table concurrently.
            return "CREATE UNIQUE INDEX ON " + table.name() + " (" + columns + "); DROP INDEX "
                    + table.name().sibling(index.name());
        }
        return "ALTER TABLE " + table.name() + " DROP CONSTRAINT " + index.name() + ", ADD "
                + (primary ? "PRIMARY KEY (" : "UNIQUE (") + columns + ")";
    }

    private static String noun(CatalogIndex index) {
        return switch (index.kind()) {
            case PRIMARY_KEY -> "primary key";
            case UNIQUE_CONSTRAINT -> "unique constraint";
            case EXCLUSION -> "exclusion constraint";
            case UNIQUE_INDEX, PLAIN -> "unique index";
        };
    }
}
