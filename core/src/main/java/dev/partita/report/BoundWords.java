package dev.partita.report;

import dev.partita.declaration.Grid;
import dev.partita.declaration.Scheme;
import dev.partita.plan.LimitWords;
import dev.partita.step.Exclusion;
import dev.partita.step.NewPartition;
import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Bounds as people read them: on the calendar of the declaration where there is one. */
final class BoundWords {

    private final List<Scheme> levels = new ArrayList<>();

    BoundWords(Scheme scheme) {
        for (Optional<Scheme> level = Optional.of(scheme);
                level.isPresent();
                level = level.get().then()) {
            levels.add(level.get());
        }
    }

    /** The bound of a partition to be made; how deep it lies is told by how much is below it. */
    String of(NewPartition partition) {
        int below = 0;
        for (NewPartition at = partition;
                at.divided().isPresent() && !at.children().isEmpty();
                at = at.children().get(0)) {
            below++;
        }
        return of(partition.bound(), partition.type(), levels.size() - 1 - below);
    }

    /**
     * A bound of some level.
     *
     * @param level 0 for the partitions of the table itself
     */
    String of(PartitionBound bound, KeyType type, int level) {
        if (bound instanceof PartitionBound.Range range) {
            Optional<Grid> grid =
                    level >= 0 && level < levels.size() ? grid(levels.get(level), type) : Optional.empty();
            return "[" + limit(range.from(), grid, type) + ", " + limit(range.to(), grid, type) + ")";
        }
        if (bound instanceof PartitionBound.Values values) {
            return values.values().stream()
                    .map(ListValue::toString)
                    .map(Visible::of)
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
        if (bound instanceof PartitionBound.Hash hash) {
            return "remainder " + hash.remainder() + " of " + hash.modulus();
        }
        return bound instanceof PartitionBound.Opaque opaque ? Visible.of(opaque.text()) : "DEFAULT";
    }

    /** What DEFAULT is promised to hold nothing of. */
    String of(Exclusion exclusion) {
        int level = levels.stream().map(Scheme::column).toList().indexOf(exclusion.column());
        return of(exclusion.range(), exclusion.type(), level);
    }

    private static Optional<Grid> grid(Scheme scheme, KeyType type) {
        return scheme instanceof Scheme.Range range ? range.spacing().grid(type) : Optional.empty();
    }

    private static String limit(RangeLimit limit, Optional<Grid> grid, KeyType type) {
        if (!limit.finite()) {
            return limit.toString();
        }
        try {
            return grid.isPresent() ? LimitWords.of(grid.get(), limit) : type.print(limit);
        } catch (RuntimeException e) {
            // A hand-made bound may lie before the years that the calendar knows.
            return limit.toString();
        }
    }
}
