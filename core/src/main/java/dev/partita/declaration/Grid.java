package dev.partita.declaration;

import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the bounds of a range-partitioned table are to lie: limits counted from an anchor, without gap or overlap.
 *
 * <p>Limits never move: they depend on the declaration alone, not on when or how often anybody looks.
 */
public sealed interface Grid permits TimeGrid, NumberGrid {

    /** The n-th limit, counted from the anchor; never below the (n-1)-th, equal where a local day does not exist. */
    RangeLimit limit(long n);

    /**
     * About which cell holds the place; the caller corrects by at most a few.
     *
     * @param place a finite place
     */
    long near(RangeLimit place);

    /**
     * What stands for a token of a name template.
     *
     * @param token such as {@code yyyy} or {@code from}, without braces
     * @param cell the cell to be named
     * @return the text
     * @throws IllegalArgumentException for a token that this grid does not know
     */
    String token(String token, Cell cell);

    /** The template of names that fits this grid when the user gives none. */
    String defaultName();

    /** The cell that holds a finite place. */
    default Cell cellAt(RangeLimit place) {
        long n = near(place);
        while (place.isBefore(limit(n))) {
            n--;
        }
        while (!place.isBefore(limit(n + 1))) {
            n++;
        }
        return new Cell(n, new PartitionBound.Range(limit(n), limit(n + 1)));
    }

    default Cell next(Cell cell) {
        return cellAt(cell.to());
    }

    default Cell previous(Cell cell) {
        long n = cell.index() - 1;
        while (limit(n).equals(cell.from())) {
            n--;
        }
        return new Cell(n, new PartitionBound.Range(limit(n), cell.from()));
    }

    /** The cells from the one that holds the first place to the one that holds the last, in order. */
    default List<Cell> cells(RangeLimit first, RangeLimit last) {
        List<Cell> cells = new ArrayList<>();
        for (Cell cell = cellAt(first); !last.isBefore(cell.from()); cell = next(cell)) {
            cells.add(cell);
        }
        return cells;
    }

    /** Whether a partition with these bounds is exactly one cell. */
    default boolean isCell(PartitionBound.Range range) {
        return range.from().finite()
                && range.to().finite()
                && cellAt(range.from()).range().equals(range);
    }
}
