package dev.partita.adoption;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Ahead;
import dev.partita.declaration.Cell;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Grid;
import dev.partita.declaration.ListPartition;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TimeGrid;
import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound.Hash;
import dev.partita.table.PartitionBound.Opaque;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.PartitionBound.Values;
import dev.partita.table.PartitionKey;
import dev.partita.table.RangeLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the declaration of one level, from the partitions of all relations on it. */
final class LevelAdoption {

    /** Where a partition begins; what is not a range comes first. */
    static final Comparator<CatalogPartition> BY_LOWER_LIMIT = Comparator.comparing((CatalogPartition partition) ->
            partition.bound() instanceof Range range ? range.from() : RangeLimit.MINVALUE);

    private static final List<String> TIME_TOKENS =
            List.of("yyyy", "YYYY", "MM", "dd", "HH", "mm", "ww", "q", "DDD", "offset");
    private static final List<String> NUMBER_TOKENS = List.of("from", "to", "n");
    private static final List<String> HASH_TOKENS = List.of("remainder", "modulus");

    private final CatalogTable table;
    private final PartitionKey key;
    private final Identifier column;
    private final List<Siblings> sets;
    private final List<CatalogPartition> partitions;
    private final Instant now;
    private final List<String> remarks;

    /**
     * @param sets the partitions of each relation on this level
     * @param remarks where to tell what is noticed
     */
    LevelAdoption(CatalogTable table, PartitionKey key, List<Siblings> sets, Instant now, List<String> remarks) {
        this.table = table;
        this.key = key;
        this.column = key.singleColumn().orElseThrow();
        this.sets = sets;
        this.partitions =
                sets.stream().flatMap(set -> set.partitions().stream()).toList();
        this.now = now;
        this.remarks = remarks;
    }

    Scheme scheme() {
        if (partitions.stream().anyMatch(partition -> partition.bound() instanceof Opaque)) {
            throw new NotDeclarable("bounds on " + column + " are of a kind that partita reads and does not manage");
        }
        tellForeign();
        tellCatchAlls();
        return switch (key.method()) {
            case RANGE -> range();
            case LIST -> list();
            case HASH -> hash();
        };
    }

    private void tellForeign() {
        String foreign = partitions.stream()
                .filter(partition -> partition.kind() == RelationKind.FOREIGN)
                .map(partition -> partition.name().sql())
                .collect(Collectors.joining(", "));
        if (!foreign.isEmpty()) {
            remarks.add("Foreign tables among the partitions are counted and left alone: " + foreign + ".");
        }
    }

    private void tellCatchAlls() {
        for (CatalogPartition partition : partitions) {
            if (partition.bound() instanceof Range range && !range.to().finite()) {
                remarks.add(partition.name() + " " + partition.boundText()
                        + " takes every later row, and no partition can be made beside it. Way out: detach it, and attach"
                        + " it again up to where the next partition is to begin, if no row lies beyond; else the rows"
                        + " have to be moved out first. Then raise ahead:.");
            }
        }
    }

    private Scheme range() {
        KeyType type = key.type();
        // Widths change over the years, and new partitions are to be like the newest.
        List<Range> newest = ranges(newestSet())
                .filter(range -> range.from().finite() && range.to().finite())
                .sorted(Comparator.comparing(Range::from))
                .toList();
        Spacing spacing = SpacingGuess.of(newest, type, remarks)
                .orElseThrow(() -> new NotDeclarable(
                        newest.isEmpty()
                                ? "there is no partition yet that shows how wide they are to be; declare every: yourself"
                                : "the widths of its partitions on " + column
                                        + " are no period and no step; declare every: yourself"));
        Grid grid = spacing.grid(type).orElseThrow();
        Scheme.Range scheme = Scheme.Range.of(column, spacing).ahead(new Ahead.Partitions(ahead(grid)));
        return NameGuess.named(
                scheme.otherwise(fallback("")),
                new Naming(grid.defaultName()),
                spacing instanceof Spacing.Time ? TIME_TOKENS : NUMBER_TOKENS,
                samplesOn(grid),
                remarks);
    }

    private static Stream<Range> ranges(Siblings set) {
        return set.partitions().stream()
                .map(CatalogPartition::bound)
                .filter(Range.class::isInstance)
                .map(Range.class::cast);
    }

    /** Of several relations the one with the most partitions tells most. */
    private Siblings newestSet() {
        return sets.stream()
                .max(Comparator.comparing(set -> set.partitions().size()))
                .orElseThrow();
    }

    /** How many cells after the present have their partitions, in the relation that has fewest. */
    private int ahead(Grid grid) {
        return sets.stream().mapToInt(set -> ahead(grid, set)).min().orElse(0);
    }

    private int ahead(Grid grid, Siblings set) {
        List<Range> there = ranges(set).toList();
        Optional<RangeLimit> present = present(grid, there);
        if (present.isEmpty()) {
            return 0;
        }
        int ahead = 0;
        Cell cell = grid.cellAt(present.get());
        while (ahead < Ahead.MOST) {
            cell = grid.next(cell);
            Range wanted = cell.range();
            if (there.stream().noneMatch(range -> covers(range, wanted))) {
                break;
            }
            ahead++;
        }
        return ahead;
    }

    /** A catch-all that swallows the future is no future. */
    private static boolean covers(Range range, Range wanted) {
        return range.to().finite()
                && !wanted.from().isBefore(range.from())
                && !range.to().isBefore(wanted.to());
    }

    private Optional<RangeLimit> present(Grid grid, List<Range> there) {
        if (grid instanceof TimeGrid time) {
            return Optional.of(time.place(now));
        }
        return table.cursor()
                .or(() -> there.stream()
                        .map(Range::from)
                        .filter(RangeLimit::finite)
                        .min(Comparator.naturalOrder()));
    }

    private List<NameGuess.Sample> samplesOn(Grid grid) {
        return samples(partition -> {
            if (!(partition.bound() instanceof Range range) || !grid.isCell(range)) {
                return Optional.empty();
            }
            Cell cell = grid.cellAt(range.from());
            return Optional.of(token -> grid.token(token, cell));
        });
    }

    /** Partitions as they are called, newest last; of those without tokens nothing can be learned. */
    private List<NameGuess.Sample> samples(Function<CatalogPartition, Optional<UnaryOperator<String>>> tokens) {
        List<NameGuess.Sample> samples = new ArrayList<>();
        for (Siblings set : sets) {
            set.partitions().stream()
                    .sorted(BY_LOWER_LIMIT)
                    .forEach(partition -> tokens.apply(partition)
                            .ifPresent(known -> samples.add(new NameGuess.Sample(
                                    set.parent(), partition.name().name(), known))));
        }
        return samples;
    }

    private Scheme list() {
        Siblings set = newestSet();
        List<CatalogPartition> listed = set.partitions().stream()
                .filter(partition -> partition.bound() instanceof Values)
                .sorted(Comparator.comparing(CatalogPartition::name))
                .toList();
        if (listed.isEmpty()) {
            throw new NotDeclarable("there is no partition yet that shows which values belong together");
        }
        List<String> names =
                listed.stream().map(partition -> partition.name().name().name()).toList();
        String usual = set.parent().name() + "_";
        boolean usually = names.stream().allMatch(name -> name.startsWith(usual) && name.length() > usual.length());
        String beginning = usually ? usual : NameGuess.commonBeginning(names);
        List<ListPartition> partitions = listed.stream()
                .map(partition -> new ListPartition(
                        partition.name().name().name().substring(beginning.length()), values(partition)))
                .toList();
        Scheme scheme = Scheme.Values.of(column, partitions).otherwise(fallback(beginning));
        if (usually) {
            return scheme;
        }
        boolean below = !set.parent().equals(table.name().name());
        if (below) {
            remarks.add("New partitions of " + column + " get the usual names, such as " + usual
                    + partitions.get(0).name() + ".");
            return scheme;
        }
        return scheme.named(new Naming(beginning + "{name}"));
    }

    private static List<ListValue> values(CatalogPartition partition) {
        return ((Values) partition.bound())
                .values().stream()
                        .sorted(Comparator.comparing(ListValue::toString))
                        .toList();
    }

    private Scheme hash() {
        List<Hash> there = partitions.stream()
                .filter(partition -> partition.bound() instanceof Hash)
                .map(partition -> (Hash) partition.bound())
                .toList();
        int modulus = there.stream()
                .mapToInt(Hash::modulus)
                .max()
                .orElseThrow(() -> new NotDeclarable(
                        "there is no partition yet that shows the modulus; declare partitions: yourself"));
        if (there.stream().anyMatch(hash -> hash.modulus() != modulus)) {
            remarks.add("Its hash partitions have several moduli up to " + modulus
                    + "; they are left as they are, and partitions: names the largest.");
        }
        return NameGuess.named(
                Scheme.Hash.of(column, modulus),
                Scheme.Hash.DEFAULT_NAME,
                HASH_TOKENS,
                samples(partition -> partition.bound() instanceof Hash hash
                        ? Optional.of(
                                token -> Integer.toString(token.equals("modulus") ? hash.modulus() : hash.remainder()))
                        : Optional.empty()),
                remarks);
    }

    /**
     * The DEFAULT partition of this level.
     *
     * @param beginning how names begin here, if not with their parent's and an underscore
     */
    private DefaultPartition fallback(String beginning) {
        for (Siblings set : sets) {
            for (CatalogPartition partition : set.partitions()) {
                if (partition.isDefault()) {
                    String name = partition.name().name().name();
                    String usual = beginning.isEmpty() ? set.parent().name() + "_" : beginning;
                    DefaultPartition.Policy policy = policy(partition);
                    return name.startsWith(usual) && name.length() > usual.length()
                            ? new DefaultPartition(policy, name.substring(usual.length()))
                            : new DefaultPartition(policy, DefaultPartition.ALERT.suffix());
                }
            }
        }
        return DefaultPartition.NONE;
    }

    private DefaultPartition.Policy policy(CatalogPartition fallback) {
        boolean filled = fallback.tree().anyMatch(part -> part.pages() > 0 || part.estimatedRows() > 0);
        boolean likeSiblings = fallback.key().isPresent()
                || partitions.stream().noneMatch(partition -> partition.key().isPresent());
        return filled && likeSiblings ? DefaultPartition.Policy.ACCEPT : DefaultPartition.Policy.ALERT;
    }
}
