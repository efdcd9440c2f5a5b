package dev.partita.declaration;

import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Equal steps on an axis of numbers.
 *
 * @param step the width of a cell, positive
 * @param anchor a limit of the grid
 */
public record NumberGrid(BigDecimal step, BigDecimal anchor) implements Grid {

    /** Cells are counted with a long; this leaves room for a step beyond either end. */
    private static final long MOST_CELLS = Long.MAX_VALUE / 2;

    public NumberGrid {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("a step must be positive, not " + step);
        }
        requireNumeric(step);
        requireNumeric(anchor);
    }

    private static void requireNumeric(BigDecimal number) {
        if (!KeyType.NUMERIC.expresses(RangeLimit.at(number))) {
            throw new IllegalArgumentException("more digits than PostgreSQL's numeric holds: " + number);
        }
    }

    @Override
    public RangeLimit limit(long n) {
        return RangeLimit.at(anchor.add(step.multiply(BigDecimal.valueOf(n))));
    }

    @Override
    public boolean reaches(RangeLimit place) {
        return !place.isBefore(limit(-MOST_CELLS)) && place.isBefore(limit(MOST_CELLS));
    }

    @Override
    public Cell cellAt(RangeLimit place) {
        long n = place.position()
                .subtract(anchor)
                .divide(step, 0, RoundingMode.FLOOR)
                .longValueExact();
        return new Cell(n, new PartitionBound.Range(limit(n), limit(n + 1)));
    }

    @Override
    public String token(String token, Cell cell) {
        return switch (token) {
            case "from" -> printed(cell.from().position().toPlainString());
            case "to" -> printed(cell.to().position().toPlainString());
            case "n" -> printed(Long.toString(cell.index()));
            default -> throw new IllegalArgumentException("{" + token + "}");
        };
    }

    /** A minus sign would need quotes in every statement, so it is an {@code m}; a point is an underscore. */
    private static String printed(String number) {
        return number.replace('-', 'm').replace('.', '_');
    }

    @Override
    public String defaultName() {
        return "{table}_{from}";
    }
}
