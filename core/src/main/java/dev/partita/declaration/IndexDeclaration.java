package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An index that is to exist.
 *
 * @param name empty for PostgreSQL's own choice
 * @param unique whether it forbids equal rows; then it must hold every level's key
 * @param method the access method, usually {@code btree}
 * @param columns what it orders, at least one
 * @param include columns that it only carries
 * @param newest on how many of the newest partitions it is to be, by time or by number; empty for all of them
 */
public record IndexDeclaration(
        Optional<Identifier> name,
        boolean unique,
        String method,
        List<Column> columns,
        List<Identifier> include,
        Optional<Retention.Keep> newest) {

    /** The method that is meant when nothing is said. */
    public static final String BTREE = "btree";

    private static final Pattern METHOD = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /**
     * A column of the index.
     *
     * @param column its name
     * @param descending whether largest first
     */
    public record Column(Identifier column, boolean descending) {

        private static final Pattern ORDER = Pattern.compile("(?is)(.*\\S)\\s+(asc|desc)");

        /**
         * Reads a name as in SQL, with {@code asc} or {@code desc} behind it if anything.
         *
         * @throws PartitaException if it is no such name
         */
        public static Column parse(String text) {
            Matcher ordered = ORDER.matcher(text.strip());
            boolean hasOrder = ordered.matches();
            return new Column(
                    Identifier.parse(hasOrder ? ordered.group(1) : text),
                    hasOrder && ordered.group(2).toLowerCase(Locale.ROOT).equals("desc"));
        }

        /** As people write it: {@code created_at desc}. */
        @Override
        public String toString() {
            return column.written() + (descending ? " desc" : "");
        }
    }

    /** @throws PartitaException if there is no column, or the method is not the name of one or knows no unique index */
    public IndexDeclaration {
        columns = List.copyOf(columns);
        include = List.copyOf(include);
        if (columns.isEmpty()) {
            throw Refusal.value("indexes", "an index without columns", "name at least one column");
        }
        if (!METHOD.matcher(method).matches()) {
            throw Refusal.value(
                    "indexes",
                    "'" + method + "' is not an index method",
                    "write btree, hash, gin, gist, spgist, brin, or the name of an extension's method");
        }
        if (unique && !method.equals(BTREE)) {
            throw Refusal.value(
                    "indexes", "a " + method + " index cannot be unique", "leave using out, or leave unique out");
        }
        if (newest.filter(Retention.Keep.Bytes.class::isInstance).isPresent()) {
            throw Refusal.value(
                    "indexes",
                    newest.get() + " is a size, and says of no partition whether it is new",
                    "write a period (3 months) or a number of partitions (3 partitions)");
        }
    }

    /**
     * A plain index.
     *
     * @param columns each as {@link Column#parse} reads it
     * @throws PartitaException if there is none, or one is no name
     */
    public static IndexDeclaration on(String... columns) {
        return of(Arrays.stream(columns).map(Column::parse).toList());
    }

    /** A plain index on these columns. */
    public static IndexDeclaration of(List<Column> columns) {
        return new IndexDeclaration(Optional.empty(), false, BTREE, columns, List.of(), Optional.empty());
    }

    /** Whether the index says nothing besides its columns. */
    public boolean plain() {
        return equals(of(columns));
    }

    public IndexDeclaration named(Identifier newName) {
        return new IndexDeclaration(Optional.of(newName), unique, method, columns, include, newest);
    }

    /** The same index, forbidding equal rows. */
    public IndexDeclaration forbiddingDuplicates() {
        return new IndexDeclaration(name, true, method, columns, include, newest);
    }

    /** The same index by another access method. */
    public IndexDeclaration using(String newMethod) {
        return new IndexDeclaration(name, unique, newMethod, columns, include, newest);
    }

    /** The same index, carrying these columns besides. */
    public IndexDeclaration including(List<Identifier> carried) {
        return new IndexDeclaration(name, unique, method, columns, carried, newest);
    }

    /**
     * The same index on the newest partitions only; from older ones it is dropped.
     *
     * @param limit {@code 3 months} or {@code 3 partitions}
     * @throws PartitaException if it is neither
     */
    public IndexDeclaration onNewest(String limit) {
        return new IndexDeclaration(name, unique, method, columns, include, Optional.of(Retention.Keep.parse(limit)));
    }

    /**
     * How it is called on a relation when nobody has named it: as PostgreSQL would. One that is for the newest partitions only
     * says so in its name, so that nobody else's is ever dropped in its place.
     *
     * @param relation the relation's name
     * @param ending behind the name, where another has it already
     */
    public Identifier nameOn(Identifier relation, String ending) {
        String ordered = columns.stream().map(column -> column.column().name()).collect(Collectors.joining("_"));
        return new Naming("{table}_{columns}" + (newest.isPresent() ? "_newest" : "") + "_idx" + ending)
                .name(relation, token -> ordered);
    }

    /** What tells it from others: its name, or its columns. */
    @Override
    public String toString() {
        return name.map(Identifier::written).orElseGet(columns::toString);
    }
}
