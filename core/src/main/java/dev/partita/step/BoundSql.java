package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.util.Comparator;
import java.util.regex.Pattern;

/** Writes bounds: instants with their offset, so that no session setting can change what they mean. */
final class BoundSql {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private BoundSql() {}

    static Sql clause(PartitionBound bound, KeyType type) {
        if (bound instanceof PartitionBound.Range range) {
            return Sql.of("FOR VALUES FROM ({}) TO ({})", limit(range.from(), type), limit(range.to(), type));
        }
        if (bound instanceof PartitionBound.Values list) {
            return Sql.of(
                    "FOR VALUES IN ({})",
                    Sql.list(list.values().stream()
                            .sorted(Comparator.comparing(ListValue::toString))
                            .map(BoundSql::value)
                            .toList()));
        }
        if (bound instanceof PartitionBound.Hash hash) {
            return new Sql("FOR VALUES WITH (MODULUS " + hash.modulus() + ", REMAINDER " + hash.remainder() + ")");
        }
        if (bound instanceof PartitionBound.Default) {
            return new Sql("DEFAULT");
        }
        throw new IllegalArgumentException("partita does not write a bound that it cannot read: " + bound);
    }

    static Sql limit(RangeLimit limit, KeyType type) {
        if (limit.equals(RangeLimit.MINVALUE) || limit.equals(RangeLimit.MAXVALUE)) {
            return new Sql(limit.kind().name());
        }
        String text = type.print(limit);
        return NUMBER.matcher(text).matches()
                ? new Sql(text)
                : new Sql(Literal.of(text).sql());
    }

    private static Sql value(ListValue value) {
        return value.text() == null
                ? new Sql("NULL")
                : new Sql(Literal.of(value.text()).sql());
    }
}
