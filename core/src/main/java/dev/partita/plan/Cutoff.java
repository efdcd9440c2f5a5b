package dev.partita.plan;

import dev.partita.declaration.Cell;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Period;
import dev.partita.declaration.Retention.Keep;
import dev.partita.declaration.TimeGrid;
import dev.partita.table.RangeLimit;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where on an axis that ends which is kept: a partition that ends there or before has been kept long enough. */
final class Cutoff {

    private static final int LONGEST_MONTH = 31;

    private Cutoff() {}

    /**
     * The place; empty where the grid alone cannot tell it.
     *
     * @param present where the present lies on the axis
     * @param now the same on the clock
     */
    static Optional<RangeLimit> of(Keep keep, Grid grid, RangeLimit present, Instant now) {
        if (keep instanceof Keep.Time time && grid instanceof TimeGrid calendar) {
            return Optional.of(behind(time, calendar, now)).filter(grid::reaches);
        }
        if (keep instanceof Keep.Partitions partitions && grid.reaches(present)) {
            return first(partitions.count(), grid, present);
        }
        return Optional.empty();
    }

    /**
     * The other way round: where the present is when an end falls behind; empty where the grid alone cannot tell it.
     *
     * @param end a finite place
     */
    static Optional<RangeLimit> passes(Keep keep, Grid grid, RangeLimit end) {
        if (!grid.reaches(end)) {
            return Optional.empty();
        }
        if (keep instanceof Keep.Time time && grid instanceof TimeGrid calendar) {
            return Optional.of(passes(time.period(), calendar, end));
        }
        if (keep instanceof Keep.Partitions partitions) {
            Cell cell = grid.cellAt(end);
            long kept = cell.from().equals(end) ? cell.index() : cell.index() + 1;
            return Optional.of(grid.limit(kept + partitions.count() - 1)).filter(grid::reaches);
        }
        return Optional.empty();
    }

    private static RangeLimit passes(Period kept, TimeGrid grid, RangeLimit end) {
        if (kept.unit().elapsed()) {
            ZonedDateTime over = grid.time(end).plus(kept.elapsed());
            return grid.axis().local() ? grid.place(over.toLocalDateTime()) : grid.place(over.toInstant());
        }
        return grid.place(first(
                kept.after(grid.time(end).toLocalDateTime(), 1),
                then -> !grid.place(kept.after(then, -1)).isBefore(end)));
    }

    /** The moment, or one some days later, because months differ in length: a month after 31 January is the last of February. */
    static LocalDateTime first(LocalDateTime moment, Predicate<LocalDateTime> reached) {
        return Stream.iterate(moment, then -> then.plusDays(1))
                .limit(LONGEST_MONTH)
                .filter(reached)
                .findFirst()
                .orElse(moment);
    }

    /** On the calendar of the table: a month before 31 March is the last of February. */
    private static RangeLimit behind(Keep.Time keep, TimeGrid grid, Instant now) {
        if (keep.period().unit().elapsed()) {
            return grid.place(now.minus(keep.period().elapsed()));
        }
        LocalDateTime local = LocalDateTime.ofInstant(now, grid.zone());
        return grid.place(keep.period().after(local, -1));
    }

    /** The begin of the oldest of so many cells, the present one included. */
    private static Optional<RangeLimit> first(int count, Grid grid, RangeLimit present) {
        long oldest = grid.cellAt(present).index() - count + 1;
        return Optional.of(grid.limit(oldest)).filter(grid::reaches);
    }
}
