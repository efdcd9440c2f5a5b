package dev.partita.plan;

import dev.partita.declaration.Grid;
import dev.partita.declaration.Retention.Keep;
import dev.partita.declaration.TimeGrid;
import dev.partita.table.RangeLimit;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/** Where on an axis that ends which is kept: a partition that ends there or before has been kept long enough. */
final class Cutoff {

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
