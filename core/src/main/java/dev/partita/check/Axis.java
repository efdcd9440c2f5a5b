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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How rows move along the key of a branch that is divided by ranges.
 *
 * @param type of the key
 * @param grid on which the newest partitions lie; empty when they lie on none
 */
record Axis(KeyType type, Optional<Grid> grid) {

    /** Two years of days. */
    private static final int MOST_BOUNDS = 731;

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

    /** Whose calendar decides where the next bounds lie; empty where that is the same everywhere. */
    Optional<ZoneId> zone() {
        return calendar()
                .filter(known -> !known.axis().local())
                .map(TimeGrid::zone)
                .filter(zone -> !(zone.normalized() instanceof ZoneOffset));
    }

    /** The calendar's bounds from the present to where partitions end, and some beyond. */
    List<Instant> bounds(Branch branch, Instant now, int beyond) {
        List<Instant> bounds = new ArrayList<>();
        calendar().ifPresent(known -> {
            RangeLimit end = branch.reach(known.place(now));
            long n = known.cellAt(known.place(now)).index();
            for (int more = 0; more < beyond && bounds.size() < MOST_BOUNDS; n++) {
                RangeLimit limit = known.limit(n);
                bounds.add(known.axis().instant(limit));
                more += limit.isBefore(end) ? 0 : 1;
            }
        });
        return bounds;
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
