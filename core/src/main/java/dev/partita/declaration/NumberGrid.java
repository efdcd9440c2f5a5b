package dev.partita.declaration;

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

    public NumberGrid {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("a step must be positive, not " + step);
        }
    }

    @Override
    public RangeLimit limit(long n) {
        return RangeLimit.at(anchor.add(step.multiply(BigDecimal.valueOf(n))));
    }

    @Override
    public long near(RangeLimit place) {
        return place.position()
                .subtract(anchor)
                .divide(step, 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    @Override
    public String token(String token, Cell cell) {
        return switch (token) {
            case "from" -> printed(cell.from());
            case "to" -> printed(cell.to());
            case "n" -> printed(RangeLimit.at(cell.index()));
            default -> throw new IllegalArgumentException("{" + token + "}");
        };
    }

    /** A minus sign would need quotes in every statement, so it is an {@code m}; a point is an underscore. */
    private static String printed(RangeLimit limit) {
        return limit.position().toPlainString().replace('-', 'm').replace('.', '_');
    }

    @Override
    public String defaultName() {
        return "{table}_{from}";
    }
}
