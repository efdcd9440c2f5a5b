package dev.partita.declaration;

import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** How wide the partitions of a range are, and where they begin. */
public sealed interface Spacing {

    /** The grid on a key column of this type; empty where the two do not fit. */
    Optional<Grid> grid(KeyType type);

    /** Where the oldest partition is to begin, on a grid of this spacing; empty for the present. */
    Optional<RangeLimit> from(Grid grid);

    /** As people write it. */
    String every();

    /**
     * Periods of the calendar.
     *
     * @param period the width
     * @param zone whose calendar; bounds are instants where the column's type knows instants
     * @param anchor a limit of the grid; empty for the usual begin of the period
     * @param encoding how time is written in the column
     * @param oldest where the oldest partition is to begin, on the wall clock of the zone; empty for the present
     */
    record Time(
            Period period,
            ZoneId zone,
            Optional<LocalDateTime> anchor,
            Encoding encoding,
            Optional<LocalDateTime> oldest)
            implements Spacing {

        public Time {
            anchor.ifPresent(TimeGrid::requireAnchor);
        }

        @Override
        public Optional<Grid> grid(KeyType type) {
            LocalDateTime begin = anchor.orElse(TimeGrid.defaultAnchor(period));
            boolean partOfDay = period.unit().elapsed() || !begin.toLocalTime().equals(LocalTime.MIDNIGHT);
            if (type == KeyType.DATE && partOfDay) {
                return Optional.empty();
            }
            return encoding.axis(type).map(axis -> new TimeGrid(period, begin, zone, axis));
        }

        @Override
        public Optional<RangeLimit> from(Grid grid) {
            return oldest.map(((TimeGrid) grid)::place);
        }

        @Override
        public String every() {
            return period.toString();
        }
    }

    /**
     * Equal steps of numbers.
     *
     * @param step the width
     * @param anchor a limit of the grid
     * @param cursor how to find out where the table's present is
     * @param oldest where the oldest partition is to begin; empty for the present
     */
    record Numbers(BigDecimal step, BigDecimal anchor, Cursor cursor, Optional<BigDecimal> oldest) implements Spacing {

        @Override
        public Optional<Grid> grid(KeyType type) {
            boolean fits = type == KeyType.NUMERIC || type.integral() && whole(step) && whole(anchor);
            return fits ? Optional.of(new NumberGrid(step, anchor)) : Optional.empty();
        }

        private static boolean whole(BigDecimal number) {
            return number.stripTrailingZeros().scale() <= 0;
        }

        @Override
        public Optional<RangeLimit> from(Grid grid) {
            return oldest.map(RangeLimit::at);
        }

        @Override
        public String every() {
            return step.toPlainString();
        }
    }

    /** Where "now" is on an axis of numbers; never read from DEFAULT, where a stray id would lead it astray. */
    enum Cursor {
        /** The newest partition that holds a row. */
        KEY,
        /** The last value of the sequence that the column draws from. */
        SEQUENCE
    }
}
