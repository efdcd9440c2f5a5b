package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column as it is.
 *
 * @param name its name
 * @param type as {@code format_type} prints it: {@code numeric(10,2)}
 * @param keyType what it would be as a partition key
 * @param notNull whether it refuses NULL
 */
public record CatalogColumn(Identifier name, String type, KeyType keyType, boolean notNull) {

    private static final Pattern ROUNDED = Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)");

    /** Whether the column can hold the limit as it is, neither rounded nor beyond its last number. */
    public boolean expresses(RangeLimit limit) {
        return keyType.expresses(limit) && (!limit.finite() || keepsDigits(limit.position()));
    }

    private boolean keepsDigits(BigDecimal position) {
        Matcher rounded = ROUNDED.matcher(type);
        if (!rounded.matches()) {
            return true;
        }
        int precision = Integer.parseInt(rounded.group(1));
        int scale = Integer.parseInt(rounded.group(2));
        BigDecimal digits = position.stripTrailingZeros();
        return digits.signum() == 0
                || digits.scale() <= scale && digits.precision() - digits.scale() <= precision - scale;
    }
}
