package dev.partita.plan;

import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.DetachedPartition;
import dev.partita.declaration.Ahead;
import dev.partita.declaration.Cell;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Period;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TimeGrid;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound.Opaque;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the range partitions that are missing: the present, the declared future, what was asked for, and holes. */
final class RangeLevel {

    /** Beyond this many holes somebody has to say that they are meant. */
    static final int MOST_GAPS = 1_000;

    private static final int MOST_HOLES_TOLD = 3;

    /** A range that begins sooner than this may receive rows while DEFAULT is being scanned. */
    private static final Duration FUTURE = Duration.ofHours(1);

    private final Levels levels;
    private final Scheme.Range scheme;
    private final Grid grid;
    private final Levels.Place place;
    private final RangeSet there;
    private final CatalogColumn column;
    private final List<Grid> earlier;

    RangeLevel(Levels levels, Scheme.Range scheme, Grid grid, Levels.Place place) {
        this.levels = levels;
        this.scheme = scheme;
        this.grid = grid;
        this.place = place;
        this.column = levels.column(scheme);
        this.there = RangeSet.of(place.bounds());
        this.earlier = scheme.spacing().earlier(column.keyType());
    }

    List<Missing> missing() {
        levels.tellOddities(scheme, place);
        if (place.bounds().stream().anyMatch(Opaque.class::isInstance)) {
            tellUnreadable();
            return List.of();
        }
        List<Missing> missing = new ArrayList<>();
        for (Map.Entry<Cell, Reason> wanted : wanted().entrySet()) {
            missing.addAll(pieces(wanted.getKey(), wanted.getValue()));
        }
        tellPastGaps(missing);
        return missing;
    }

    /** The cells that should be there, each with the most urgent reason. */
    private Map<Cell, Reason> wanted() {
        Map<Cell, Reason> wanted = new LinkedHashMap<>();
        Optional<Levels.Within> within =
                place.within().filter(limit -> limit.column().equals(scheme.column()));
        if (within.isPresent()) {
            Range range = within.get().range();
            if (range.from().finite() && range.to().finite()) {
                grid.cells(range.from(), range.to())
                        .flatMap(cell -> clipped(cell, range).stream())
                        .forEach(cell -> wanted.put(cell, new Reason(Why.NEW, "declared")));
            }
            return wanted;
        }
        Cell current = grid.cellAt(present());
        wanted.put(current, new Reason(Why.CURRENT, "rows of the present have nowhere to go"));
        List<Cell> future = future(current);
        for (Cell cell : future) {
            wanted.put(cell, new Reason(Why.AHEAD, "future: ahead is " + scheme.ahead()));
        }
        asked(wanted);
        past(current).forEach(wanted::putIfAbsent);
        return wanted;
    }

    private static Optional<Cell> clipped(Cell cell, Range range) {
        RangeLimit from = cell.from().isBefore(range.from()) ? range.from() : cell.from();
        RangeLimit to = range.to().isBefore(cell.to()) ? range.to() : cell.to();
        return from.isBefore(to) ? Optional.of(new Cell(cell.index(), new Range(from, to))) : Optional.empty();
    }

    /** Where the present lies; a declared begin in the future comes first. */
    RangeLimit present() {
        Optional<RangeLimit> from = scheme.spacing().from(grid);
        RangeLimit present;
        if (grid instanceof TimeGrid time) {
            present = time.place(levels.now());
        } else {
            present = levels.table()
                    .cursor()
                    .or(() -> from)
                    .or(() -> there.ranges().stream()
                            .map(Range::from)
                            .filter(RangeLimit::finite)
                            .findFirst())
                    .orElseGet(() -> grid.limit(0));
        }
        return from.filter(present::isBefore).orElse(present);
    }

    private List<Cell> future(Cell current) {
        List<Cell> future = new ArrayList<>();
        if (scheme.ahead() instanceof Ahead.Partitions partitions) {
            Cell cell = current;
            for (int i = 0; i < partitions.count(); i++) {
                cell = grid.next(cell);
                future.add(cell);
            }
        } else if (scheme.ahead() instanceof Ahead.Horizon horizon && grid instanceof TimeGrid time) {
            LocalDateTime now = LocalDateTime.ofInstant(levels.now(), time.zone());
            RangeLimit end = time.place(horizon.period().after(now, 1));
            grid.cells(current.to(), end).forEach(future::add);
        }
        return future;
    }

    private void asked(Map<Cell, Reason> wanted) {
        for (Window window : levels.windows()) {
            Optional<RangeLimit> first = window.stretch().first(grid);
            Optional<RangeLimit> last = window.stretch().last(grid);
            if (first.isEmpty() || last.isEmpty()) {
                levels.findings()
                        .error(
                                ProblemCode.KEY_TYPE_UNFIT,
                                "the range that was asked for does not fit the key of " + place.name(),
                                "ask for dates where the key is time, and for numbers where it is a number");
            } else {
                asked(first.get(), last.get())
                        .forEach(cell -> wanted.putIfAbsent(cell, new Reason(Why.ASKED, "asked for")));
            }
        }
    }

    private List<Cell> asked(RangeLimit first, RangeLimit last) {
        List<Cell> cells = grid.reaches(first)
                ? grid.cells(first, last).limit(MOST_GAPS + 1L).toList()
                : List.of();
        if (cells.size() > MOST_GAPS || !grid.reaches(first)) {
            tellTooMany("are asked for", "ask for a shorter stretch, one after the other");
            return List.of();
        }
        return cells;
    }

    /** From the declared begin, or else from where our own partitions ended before they ran out. */
    private Map<Cell, Reason> past(Cell current) {
        Optional<RangeLimit> declared = scheme.spacing().from(grid).filter(grid::reaches);
        Optional<RangeLimit> begin = declared.or(() -> ranOut(current))
                .map(this::notBeforeWhatIsKept)
                .filter(from -> from.isBefore(current.from()));
        if (begin.isEmpty()) {
            return Map.of();
        }
        String sentence =
                declared.isPresent() ? "declared from " + words(declared.get()) : "missed since " + words(begin.get());
        List<Cell> cells = there.holes(new Range(begin.get(), current.from())).stream()
                .flatMap(this::cells)
                .distinct()
                .limit(MOST_GAPS + 1L)
                .toList();
        if (cells.size() > MOST_GAPS) {
            if (declared.isPresent()) {
                tellTooMany(
                        "are missing since " + words(begin.get()),
                        "declare a later from:, or a longer period in every:");
            }
            return Map.of();
        }
        Map<Cell, Reason> past = new LinkedHashMap<>();
        cells.forEach(cell -> past.put(cell, new Reason(Why.GAP, sentence)));
        return past;
    }

    /**
     * Where the last partition before the present ends, if that is one of ours: a cell, or the rest of one. What somebody made
     * by hand, such as an archive of twenty years, does not say that partitions should follow it.
     */
    private Optional<RangeLimit> ranOut(Cell current) {
        return there.ranges().stream()
                .filter(range -> range.to().finite() && !current.from().isBefore(range.to()))
                .max(Comparator.comparing(Range::to))
                .filter(range -> grid.reaches(range.from())
                        && grid.cellAt(range.from()).to().equals(range.to()))
                .map(Range::to);
    }

    /** What would be retired at once is not made. */
    private RangeLimit notBeforeWhatIsKept(RangeLimit begin) {
        return levels.keep()
                .flatMap(this::cutoff)
                .map(cutoff -> grid.cellAt(cutoff).from())
                .filter(begin::isBefore)
                .orElse(begin);
    }

    /** Where that ends which is not kept. */
    Optional<RangeLimit> cutoff(Retention.Keep keep) {
        return Cutoff.of(keep, grid, present(), levels.now());
    }

    /** Where the oldest partition begins that is kept, as people read it. */
    String firstKept(RangeLimit cutoff) {
        return words(grid.cellAt(cutoff).from());
    }

    /** Whether no partition takes a part of the range. */
    boolean isFree(Range range) {
        return there.isFree(range);
    }

    /** Whether a partition can be made for the range, or for a part of it. */
    boolean canTake(Range range) {
        return there.holes(range).stream()
                .anyMatch(part -> column.expresses(part.from()) && column.expresses(part.to()));
    }

    /** What the partition of a cell is called. */
    TableName relation(Cell cell) {
        return place.name().sibling(name(cell));
    }

    Ahead ahead() {
        return scheme.ahead();
    }

    /** A retired partition in its old place. */
    Missing again(DetachedPartition detached, Range range, Reason reason) {
        return new Missing(
                place.name(),
                scheme.column(),
                new NewPartition(detached.name(), range, type(), Optional.empty(), List.of()),
                reason,
                place.fallback(),
                isFuture(range),
                Optional.of(detached));
    }

    /** When the grace of what was taken out is over, on the calendar of the table. */
    Instant graceEnds(Instant detached, Period grace) {
        return Grace.end(detached, grace, grid instanceof TimeGrid time ? time.zone() : ZoneOffset.UTC);
    }

    /**
     * Whether a partition with these bounds is one that this or an earlier declaration makes: a cell, or where the width was
     * changed, what bridges from a limit of one to a limit of the other.
     */
    boolean isOurs(Range range) {
        return grid.isCell(range)
                || earlier.stream().anyMatch(each -> each.isCell(range))
                || !earlier.isEmpty() && isBridge(range);
    }

    private boolean isBridge(Range range) {
        List<Grid> grids = Stream.concat(Stream.of(grid), earlier.stream()).toList();
        return grids.stream().anyMatch(each -> isPart(range, each))
                && grids.stream().anyMatch(each -> each.isLimit(range.from()))
                && grids.stream().anyMatch(each -> each.isLimit(range.to()));
    }

    private static boolean isPart(Range range, Grid grid) {
        return grid.reaches(range.from()) && !grid.cellAt(range.from()).to().isBefore(range.to());
    }

    Grid grid() {
        return grid;
    }

    Identifier column() {
        return scheme.column();
    }

    KeyType type() {
        return column.keyType();
    }

    /** What is divided so. */
    TableName place() {
        return place.name();
    }

    List<CatalogPartition> partitions() {
        return place.partitions();
    }

    Optional<CatalogPartition> fallback() {
        return place.fallback();
    }

    /** The cells that have a part in a range. */
    private Stream<Cell> cells(Range range) {
        return grid.cells(range.from(), range.to())
                .takeWhile(cell -> cell.from().isBefore(range.to()));
    }

    private void tellTooMany(String which, String wayOut) {
        levels.findings()
                .error(
                        ProblemCode.TOO_MANY_PARTITIONS,
                        "more than " + String.format(Locale.ROOT, "%,d", MOST_GAPS) + " partitions of "
                                + scheme.spacing().every() + " " + which
                                + ", which looks like a mistake; only the present and the future are made",
                        wayOut);
    }

    /** The parts of a cell that no partition takes. */
    private List<Missing> pieces(Cell cell, Reason reason) {
        there.overlapping(cell.range()).forEach(taken -> tellCatchAll(taken, reason));
        List<Missing> pieces = new ArrayList<>();
        Set<Identifier> names = new HashSet<>();
        for (Range part : there.holes(cell.range())) {
            if (expressible(part)) {
                boolean whole = part.equals(cell.range());
                Identifier name = whole ? name(cell) : pieceName(cell, names);
                names.add(name);
                pieces.add(new Missing(
                        place.name(),
                        scheme.column(),
                        levels.partition(scheme, place, name, part),
                        whole ? reason : new Reason(reason.why(), reason + "; fills up to what is there already"),
                        place.fallback(),
                        isFuture(part)));
            }
        }
        return pieces;
    }

    private Identifier name(Cell cell) {
        Naming naming = scheme.naming().orElseGet(() -> new Naming(grid.defaultName()));
        return naming.name(place.name().name(), token -> grid.token(token, cell));
    }

    private boolean isThere(Identifier name) {
        return place.partitions().stream()
                .anyMatch(partition -> partition.name().name().equals(name));
    }

    /** A neighbour off the grid may have the cell's own name already. */
    private Identifier pieceName(Cell cell, Set<Identifier> names) {
        Identifier name = name(cell);
        for (int i = 2; names.contains(name) || isThere(name); i++) {
            name = new Naming("{table}_" + i).name(name(cell), token -> token);
        }
        return name;
    }

    private boolean expressible(Range part) {
        if (!column.expresses(part.from()) || !column.expresses(part.to())) {
            levels.findings()
                    .warning(
                            ProblemCode.KEY_TYPE_UNFIT,
                            "a partition from " + words(part.from()) + " to " + words(part.to())
                                    + " is wanted, but a column of type " + column.type() + " cannot say that",
                            "widen the column, which rewrites the table, before the present comes there");
            return false;
        }
        return true;
    }

    private boolean isFuture(Range part) {
        RangeLimit soon = grid instanceof TimeGrid time
                ? time.place(levels.now().plus(FUTURE))
                : grid.cellAt(present()).to();
        return !part.from().isBefore(soon);
    }

    /** How far the partitions reach from the present without a hole, if the present has a partition. */
    Optional<RangeLimit> coveredUntil(List<Range> more) {
        return there.and(more).until(present());
    }

    /** A limit as people read it: the moment on the calendar of the table where the key is time. */
    String words(RangeLimit limit) {
        return LimitWords.of(grid, limit);
    }

    private void tellUnreadable() {
        List<String> unreadable = place.partitions().stream()
                .filter(partition -> partition.bound() instanceof Opaque)
                .map(partition -> partition.name() + " " + partition.boundText())
                .toList();
        levels.findings()
                .error(
                        ProblemCode.BOUND_UNREADABLE,
                        "partita cannot read " + (unreadable.size() == 1 ? "the bound" : "the bounds") + " of "
                                + String.join(", ", unreadable) + " and so does not know what is missing",
                        "report the bound, it should be readable");
    }

    private void tellCatchAll(Range taken, Reason reason) {
        boolean open = !taken.to().finite();
        if (open && reason.why() != Why.GAP) {
            String name = place.partitions().stream()
                    .filter(partition -> partition.bound().equals(taken))
                    .map(CatalogPartition::name)
                    .map(Object::toString)
                    .findFirst()
                    .orElse("a partition");
            String detach = "ALTER TABLE " + place.name() + " DETACH PARTITION " + name;
            String wayOut = taken.contains(present())
                    ? "in one short transaction: " + detach + "; attach it again up to "
                            + words(grid.cellAt(present()).to()) + " if no row of it lies beyond; then run apply"
                    : "if it is empty, take it out and run apply at once: " + detach;
            levels.findings()
                    .addOnce(
                            Severity.WARNING,
                            ProblemCode.CATCH_ALL_BLOCKS_FUTURE,
                            name + " reaches to " + taken.to()
                                    + " and so takes every future row: no partition can be made beside it",
                            List.of(
                                    wayOut,
                                    "if it holds rows of the future, they have to be moved out first: that is a split"));
        }
    }

    /** A hole between partitions that stay although they are old was made by retiring their neighbours. */
    private boolean isKept(RangeLimit end) {
        return levels.keep()
                .flatMap(this::cutoff)
                .filter(cutoff -> !cutoff.isBefore(end))
                .isEmpty();
    }

    private void tellPastGaps(List<Missing> missing) {
        List<Range> made = missing.stream()
                .map(wanted -> (Range) wanted.partition().bound())
                .toList();
        List<String> holes = there.and(made).holes().stream()
                .filter(hole -> isKept(hole.to()))
                .map(hole -> "from " + words(hole.from()) + " to " + words(hole.to()))
                .toList();
        if (!holes.isEmpty()) {
            int others = holes.size() - MOST_HOLES_TOLD;
            levels.findings()
                    .info(
                            ProblemCode.GAP_LEFT,
                            "no partition of " + place.name() + " takes rows "
                                    + String.join(", ", holes.subList(0, Math.min(holes.size(), MOST_HOLES_TOLD)))
                                    + (others > 0 ? " and " + others + " more" : "")
                                    + (holes.size() == 1
                                            ? "; the hole is left as it is"
                                            : "; the holes are left as they are"),
                            "to have it filled, declare from: or run apply --for over it");
        }
    }
}
