package dev.partita.check;

import dev.partita.declaration.Encoding;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TimeAxis;
import dev.partita.declaration.TimeGrid;
import dev.partita.plan.LimitWords;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How rows move along the key of a branch that is divided by ranges.
 *
 * @param type of the key
 * @param grid on which the newest partitions lie; empty when they lie on none
 */
record Axis(KeyType type, Optional<Grid> grid) {

    static Axis of(Branch branch) {
        return new Axis(
                branch.key().type(),
                branch.scheme()
                        .filter(Scheme.Range.class::isInstance)
                        .map(Scheme.Range.class::cast)
                        .flatMap(range -> range.spacing().grid(branch.key().type())));
    }

    private Optional<TimeGrid> calendar() {
        return grid.filter(TimeGrid.class::isInstance).map(TimeGrid.class::cast);
    }

    private Optional<TimeAxis> time() {
        return calendar()
                .map(TimeGrid::axis)
                .or(() -> grid.isEmpty() && type.temporal() ? Encoding.NATIVE.axis(type) : Optional.empty());
    }

    /** Whether rows move with the clock. */
    boolean temporal() {
        return time().isPresent();
    }

    /** Where the present is, if rows move with the clock. A wall clock without a calendar is taken for UTC's. */
    Optional<RangeLimit> present(Instant now) {
        return calendar().map(known -> known.place(now)).or(() -> time().map(axis -> axis.place(now)));
    }

    /** From one place to a later one. */
    Optional<Duration> between(RangeLimit from, RangeLimit to) {
        try {
            return time().map(axis -> Duration.between(axis.instant(from), axis.instant(to)));
        } catch (DateTimeException | ArithmeticException e) {
            // So far off that Java's calendar does not reach it.
            return Optional.empty();
        }
    }

    /** A limit as people read it. */
    String words(RangeLimit limit) {
        if (!limit.finite()) {
            return limit.toString();
        }
        try {
            return grid.isPresent() ? LimitWords.of(grid.get(), limit) : type.print(limit);
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return limit.toString();
        }
    }

    String words(RangeLimit from, RangeLimit to) {
        return "[" + words(from) + ", " + words(to) + ")";
    }
}
