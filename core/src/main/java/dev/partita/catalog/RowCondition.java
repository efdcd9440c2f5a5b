package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a row fulfils that a bound takes. */
public final class RowCondition {

    private RowCondition() {}

    /**
     * In parentheses; empty when it cannot be said in SQL.
     *
     * @param column the key
     * @param type the key's type
     */
    public static Optional<Sql> of(Identifier column, KeyType type, PartitionBound bound) {
        if (bound instanceof PartitionBound.Range range) {
            return Optional.of(join(RangeCondition.of(column, type, range), " AND "));
        }
        if (bound instanceof PartitionBound.Values list) {
            List<Sql> parts = new ArrayList<>();
            List<Literal> values = list.values().stream()
                    .flatMap(value -> Optional.ofNullable(value.text()).stream())
                    .sorted()
                    .map(Literal::new)
                    .toList();
            if (!values.isEmpty()) {
                parts.add(Sql.of("{} IN ({})", column, Sql.list(values)));
            }
            if (list.values().contains(ListValue.NULL)) {
                parts.add(Sql.of("{} IS NULL", column));
            }
            return Optional.of(join(parts, " OR "));
        }
        return Optional.empty();
    }

    private static Sql join(List<Sql> conditions, String word) {
        return new Sql(conditions.stream().map(Sql::sql).collect(Collectors.joining(word, "(", ")")));
    }
}
