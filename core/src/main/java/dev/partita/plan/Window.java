package dev.partita.plan;

import dev.partita.declaration.Grid;
import dev.partita.declaration.NumberGrid;
import dev.partita.declaration.TimeGrid;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/** A stretch of the key for which somebody wants partitions, beyond what is declared: an import, a back-dated writer. */
public sealed interface Window {

    /** The table it is for. */
    TableName table();

    /** The first place, if this kind of window fits the grid. */
    Optional<RangeLimit> first(Grid grid);

    /** The last place that is included, if this kind of window fits the grid. */
    Optional<RangeLimit> last(Grid grid);

    /**
     * From one instant to another.
     *
     * @param from the first instant
     * @param to the last instant, included
     */
    record Instants(TableName table, Instant from, Instant to) implements Window {
        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(from)) : Optional.empty();
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(to)) : Optional.empty();
        }
    }

    /**
     * From one wall-clock time of the table's zone to another.
     *
     * @param from the first moment
     * @param to the last moment, included
     */
    record WallClock(TableName table, LocalDateTime from, LocalDateTime to) implements Window {
        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(from)) : Optional.empty();
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return grid instanceof TimeGrid time ? Optional.of(time.place(to)) : Optional.empty();
        }
    }

    /**
     * From one number to another.
     *
     * @param from the first number
     * @param to the last number, included
     */
    record Numbers(TableName table, BigDecimal from, BigDecimal to) implements Window {
        @Override
        public Optional<RangeLimit> first(Grid grid) {
            return grid instanceof NumberGrid ? Optional.of(RangeLimit.at(from)) : Optional.empty();
        }

        @Override
        public Optional<RangeLimit> last(Grid grid) {
            return grid instanceof NumberGrid ? Optional.of(RangeLimit.at(to)) : Optional.empty();
        }
    }
}
