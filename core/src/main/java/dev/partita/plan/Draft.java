package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TableDeclaration;
import dev.partita.declaration.TimeGrid;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionKey;
import dev.partita.table.RangeLimit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one table lacks, before anything is known about taken names and about rows in DEFAULT.
 *
 * @param declaration what is wanted
 * @param table what is there; empty when nothing is, and nothing can be made
 * @param missing what is to be made, most urgent first
 * @param plannable whether the table is such that steps make sense
 * @param ranges the places that the outermost range divides: the table itself, or branches of it
 * @param findings told so far
 */
record Draft(
        TableDeclaration declaration,
        Optional<CatalogTable> table,
        List<Missing> missing,
        boolean plannable,
        List<RangeLevel> ranges,
        Findings findings) {

    /** DEFAULT comes last, so that no row finds its way there before its own partition is made, and no ATTACH has to lock it. */
    private static final Comparator<Missing> URGENCY = Comparator.comparing(
                    (Missing lack) -> lack.partition().bound() instanceof PartitionBound.Default)
            .thenComparing(lack -> lack.reason().why());

    static Draft of(TableDeclaration declaration, Catalog catalog, Instant now, Request request) {
        Findings findings = new Findings(declaration.name());
        Optional<CatalogTable> table = catalog.table(declaration.name());
        if (table.isEmpty()) {
            findings.error(
                    ProblemCode.TABLE_MISSING,
                    "does not exist in database " + catalog.server().identity().database(),
                    "create it with your own migrations, PARTITION BY "
                            + declaration.scheme().method() + " ("
                            + declaration.scheme().column() + ") included",
                    "or give its CREATE TABLE under create:");
            return nothing(declaration, table, findings);
        }
        if (!sound(declaration, table.get(), catalog, findings)
                || crowded(declaration.scheme(), table.get(), now, findings)) {
            return nothing(declaration, table, findings);
        }
        Optional<Retention.Keep> keep = declaration.retention().limited().map(Retention.Limited::keep);
        Levels levels = new Levels(table.get(), now, request.windows(), keep, findings);
        Levels.Place place = new Levels.Place(declaration.name(), table.get().partitions(), Optional.empty());
        List<RangeLevel> ranges = ranges(declaration.scheme(), levels.unheard(), place);
        List<Missing> back = new ComingBack(
                        declaration.retention(),
                        table.get(),
                        catalog.server().identity(),
                        ranges,
                        request,
                        now,
                        findings)
                .missing();
        List<Missing> missing = Stream.concat(
                        back.stream(),
                        levels.missing(declaration.scheme(), place).stream()
                                .filter(lack -> back.stream().noneMatch(other -> takes(other, lack))))
                .sorted(URGENCY)
                .toList();
        return new Draft(declaration, table, missing, true, ranges, findings);
    }

    /** Whether what comes back takes the place of what would be made. */
    private static boolean takes(Missing back, Missing lack) {
        return back.parent().equals(lack.parent())
                && back.partition().bound() instanceof PartitionBound.Range one
                && lack.partition().bound() instanceof PartitionBound.Range other
                && one.from().isBefore(other.to())
                && other.from().isBefore(one.to());
    }

    /** Whose calendar it is; UTC for numbers. */
    ZoneId zone() {
        return ranges.stream()
                .map(RangeLevel::grid)
                .filter(TimeGrid.class::isInstance)
                .map(grid -> ((TimeGrid) grid).zone())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    private static Draft nothing(TableDeclaration declaration, Optional<CatalogTable> table, Findings findings) {
        return new Draft(declaration, table, List.of(), false, List.of(), findings);
    }

    private static List<RangeLevel> ranges(Scheme scheme, Levels levels, Levels.Place place) {
        if (scheme instanceof Scheme.Range range) {
            return range.spacing().grid(levels.type(range)).stream()
                    .map(grid -> new RangeLevel(levels, range, grid, place))
                    .toList();
        }
        return scheme.then().stream()
                .flatMap(then -> place.partitions().stream()
                        .filter(partition -> partition
                                .key()
                                .filter(key -> Levels.fits(key, then))
                                .isPresent())
                        .flatMap(
                                branch -> ranges(
                                        then,
                                        levels,
                                        new Levels.Place(branch.name(), branch.partitions(), Optional.empty()))
                                        .stream()))
                .toList();
    }

    /** Whether the table is such that it can be planned at all; says why not. */
    private static boolean sound(TableDeclaration declaration, CatalogTable table, Catalog catalog, Findings findings) {
        if (table.unreadable().isPresent()) {
            if (declaration.create().isPresent() && table.rehearsed()) {
                findings.error(
                        ProblemCode.CREATE_SQL_INVALID,
                        "its create: statement does not work here: "
                                + table.unreadable().get(),
                        "mend the statement; it was tried and rolled back");
            } else {
                findings.error(
                        ProblemCode.TABLE_LOCKED,
                        "cannot be read now: " + table.unreadable().get(),
                        "run again when the lock is gone",
                        "where no lock is named, mend what the server complains of");
            }
            return false;
        }
        boolean kindFits = kind(table, findings);
        boolean columnsFit = kindFits && columns(declaration, table, findings);
        boolean unique = columnsFit && UniqueKeys.check(table, declaration.scheme(), findings);
        if (!kindFits || table.kind() != RelationKind.PARTITIONED && !table.rehearsed()) {
            return false;
        }
        return columnsFit
                && unique
                && key(declaration, table, findings)
                && oneMaintainer(table, findings)
                && tablespace(declaration, catalog, findings);
    }

    private static boolean kind(CatalogTable table, Findings findings) {
        switch (table.kind()) {
            case PARTITIONED -> {
                return true;
            }
            case TABLE -> {
                if (!table.rehearsed()) {
                    findings.error(
                            ProblemCode.TABLE_NOT_PARTITIONED,
                            "is a plain table" + rows(table) + ", and PostgreSQL cannot partition a table that exists",
                            "partita migrate start " + table.name()
                                    + "  -- makes it one while everybody works with it; partita migrate plan shows how",
                            "or convert it by hand in a quiet hour (docs/how-to/convert-a-table.md)",
                            "or declare another table");
                }
                return true;
            }
            default -> {
                findings.error(
                        ProblemCode.TABLE_NOT_A_TABLE,
                        "is " + table.kind() + ", which cannot be partitioned",
                        "declare the table behind it");
                return false;
            }
        }
    }

    private static String rows(CatalogTable table) {
        return table.estimatedRows() < 0 ? "" : String.format(" of about %,d rows", (long) table.estimatedRows());
    }

    private static boolean columns(TableDeclaration declaration, CatalogTable table, Findings findings) {
        boolean fit = true;
        for (Optional<Scheme> level = Optional.of(declaration.scheme());
                level.isPresent();
                level = level.get().then()) {
            fit &= column(level.get(), table, findings);
        }
        return fit;
    }

    private static boolean column(Scheme scheme, CatalogTable table, Findings findings) {
        var column = table.column(scheme.column());
        if (column.isEmpty()) {
            findings.error(
                    ProblemCode.COLUMN_MISSING,
                    "has no column " + scheme.column() + " to be partitioned by",
                    "name one of: "
                            + String.join(
                                    ", ",
                                    table.columns().stream()
                                            .map(there -> there.name().sql())
                                            .toList()));
            return false;
        }
        if (scheme instanceof Scheme.Range range && !divides(range.spacing(), column.get())) {
            findings.error(
                    ProblemCode.KEY_TYPE_UNFIT,
                    "column " + scheme.column() + " is " + column.get().type() + ", which cannot be divided every "
                            + range.spacing().every() + encoding(range),
                    waysOut(column.get().keyType()));
            return false;
        }
        return true;
    }

    private static boolean divides(Spacing spacing, CatalogColumn column) {
        return spacing.grid(column.keyType()).isPresent()
                && (!(spacing instanceof Spacing.Numbers numbers)
                        || column.expresses(RangeLimit.at(numbers.step()))
                                && column.expresses(RangeLimit.at(numbers.anchor())));
    }

    private static String encoding(Scheme.Range range) {
        return range.spacing() instanceof Spacing.Time time
                ? " (encoding: " + time.encoding().word() + ")"
                : "";
    }

    private static String waysOut(KeyType type) {
        return switch (type) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC ->
                "a number is divided by a number (every: 10_000_000), or by time when it "
                        + "counts time: encoding: epoch-s, epoch-ms, epoch-us, epoch-ns or snowflake";
            case DATE -> "a date is divided by days or longer";
            case TIMESTAMP, TIMESTAMPTZ -> "a moment is divided by a period: every: 1 month";
            case UUID -> "a UUID is divided by time if it is version 7: encoding: uuidv7 and a period";
            case TEXT, BOOLEAN, ENUM, OTHER -> "choose list or hash for this column, or another column for range";
        };
    }

    private static boolean key(TableDeclaration declaration, CatalogTable table, Findings findings) {
        if (table.key().isEmpty()) {
            return true;
        }
        PartitionKey key = table.key().get();
        if (key.singleColumn().isEmpty()) {
            findings.error(
                    ProblemCode.KEY_UNMANAGED,
                    "is partitioned by " + key
                            + "; partita reads keys of several columns and of expressions, and does not manage them",
                    "remove the table from the declaration, and go on making its partitions as you do now");
            return false;
        }
        if (!Levels.fits(key, declaration.scheme())) {
            findings.error(
                    ProblemCode.KEY_DIFFERS,
                    "is partitioned by " + key + ", the declaration says "
                            + declaration.scheme().method().word() + " ("
                            + declaration.scheme().column() + ")",
                    "declare " + key.method().word() + ": " + key.singleColumn().get()
                            + "; the key of a table that exists can only be changed by rewriting it");
            return false;
        }
        return true;
    }

    private static boolean oneMaintainer(CatalogTable table, Findings findings) {
        if (!table.managedByPartman()) {
            return true;
        }
        findings.error(
                ProblemCode.MANAGED_BY_PG_PARTMAN,
                "is also maintained by pg_partman, and two maintainers undo each other's work",
                "end pg_partman's: UPDATE partman.part_config SET automatic_maintenance = 'off' WHERE parent_table = "
                        + Literal.of(table.name().schema().name() + "."
                                + table.name().name().name())
                        + "  -- in the schema where pg_partman lives");
        return false;
    }

    private static boolean tablespace(TableDeclaration declaration, Catalog catalog, Findings findings) {
        Optional<Identifier> tablespace = declaration.leaf().tablespace();
        if (tablespace.isEmpty() || catalog.server().tablespaces().contains(tablespace.get())) {
            return true;
        }
        findings.error(
                ProblemCode.TABLESPACE_MISSING,
                "leaf: tablespace: " + tablespace.get() + " does not exist on this server",
                nameOneOf(catalog));
        return false;
    }

    /** The way out where a tablespace is missing. */
    static String nameOneOf(Catalog catalog) {
        return "name one of: "
                + String.join(
                        ", ",
                        catalog.server().tablespaces().stream()
                                .map(Identifier::sql)
                                .sorted()
                                .toList());
    }

    /** Whether a range that divides ranges of its own column would divide each of them into far too many. */
    private static boolean crowded(Scheme scheme, CatalogTable table, Instant now, Findings findings) {
        Map<Identifier, Grid> above = new HashMap<>();
        for (Optional<Scheme> level = Optional.of(scheme);
                level.isPresent();
                level = level.get().then()) {
            if (level.get() instanceof Scheme.Range range) {
                Grid grid = range.spacing()
                        .grid(table.column(range.column()).orElseThrow().keyType())
                        .orElseThrow();
                Grid outer = above.put(range.column(), grid);
                if (outer != null && within(outer, grid, now) > RangeLevel.MOST_GAPS) {
                    findings.error(
                            ProblemCode.TOO_MANY_PARTITIONS,
                            String.format(Locale.ROOT, "more than %,d partitions of ", RangeLevel.MOST_GAPS)
                                    + range.spacing().every()
                                    + " would lie in each partition above them, which looks like a mistake",
                            "declare a longer period in every: below, or a shorter one above");
                    return true;
                }
            }
        }
        return false;
    }

    private static long within(Grid outer, Grid inner, Instant now) {
        PartitionBound.Range cell = outer.cellAt(outer instanceof TimeGrid time ? time.place(now) : RangeLimit.at(0))
                .range();
        return inner.cells(cell.from(), cell.to())
                .limit(RangeLevel.MOST_GAPS + 1L)
                .filter(part -> part.from().isBefore(cell.to()))
                .count();
    }

    /** The topmost level, if it is a range. */
    private Optional<RangeLevel> range() {
        return declaration.scheme() instanceof Scheme.Range ? ranges.stream().findFirst() : Optional.empty();
    }

    /** How far the table reaches, where its topmost level is a range. */
    Optional<TablePlan.Coverage> coverage(List<Missing> made) {
        return range().map(level -> {
            List<PartitionBound.Range> more = made.stream()
                    .filter(lack -> lack.parent().equals(declaration.name()))
                    .map(lack -> lack.partition().bound())
                    .filter(PartitionBound.Range.class::isInstance)
                    .map(PartitionBound.Range.class::cast)
                    .toList();
            return new TablePlan.Coverage(
                    level.words(level.present()),
                    level.coveredUntil(List.of()).map(level::words),
                    level.coveredUntil(more).map(level::words));
        });
    }
}
