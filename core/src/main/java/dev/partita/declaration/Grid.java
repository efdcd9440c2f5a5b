package dev.partita.declaration;

import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.util.stream.Stream;

/**
 * Where the bounds of a range-partitioned table are to lie: limits counted from an anchor, without gap or overlap.
 *
 * <p>Limits never move: they depend on the declaration alone, not on when or how often anybody looks. A grid goes on for
 * ever; whether the key column can say a limit is the business of {@link dev.partita.table.KeyType#expresses}.
 */
public sealed interface Grid permits TimeGrid, NumberGrid {

    /** The n-th limit, counted from the anchor; never below the (n-1)-th, equal where a local day does not exist. */
    RangeLimit limit(long n);

    /** Whether the place is a finite one, and so near that this grid can be computed there. */
    boolean reaches(RangeLimit place);

    /**
     * The cell that holds a place.
     *
     * @param place a place that this grid {@linkplain #reaches reaches}
     */
    Cell cellAt(RangeLimit place);

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

    default Cell next(Cell cell) {
        long n = cell.index() + 1;
        RangeLimit to = limit(n + 1);
        while (to.equals(cell.to())) {
            to = limit(++n + 1);
        }
        return new Cell(n, new PartitionBound.Range(cell.to(), to));
    }

    default Cell previous(Cell cell) {
        long n = cell.index() - 1;
        RangeLimit from = limit(n);
        while (from.equals(cell.from())) {
            from = limit(--n);
        }
        return new Cell(n, new PartitionBound.Range(from, cell.from()));
    }

    /** The cells from the one that holds the first place to the one that holds the last, in order, made as they are asked for. */
    default Stream<Cell> cells(RangeLimit first, RangeLimit last) {
        return Stream.iterate(cellAt(first), cell -> !last.isBefore(cell.from()), this::next);
    }

    /** Whether one cell ends here and another begins. */
    default boolean isLimit(RangeLimit place) {
        return reaches(place) && cellAt(place).from().equals(place);
    }

    /** Whether a partition with these bounds is exactly one cell. */
    default boolean isCell(PartitionBound.Range range) {
        return reaches(range.from())
                && reaches(range.to())
                && cellAt(range.from()).range().equals(range);
    }
}
