package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a row fulfils whose key lies in a range. */
final class RangeCondition {

    private RangeCondition() {}

    /** In parts that all hold; MINVALUE and MAXVALUE ask for nothing. */
    static List<Sql> of(Identifier column, KeyType type, Range range) {
        List<Sql> parts = new ArrayList<>();
        parts.add(Sql.of("{} IS NOT NULL", column));
        limit(type, range.from()).ifPresent(from -> parts.add(Sql.of("{} >= {}", column, from)));
        limit(type, range.to()).ifPresent(to -> parts.add(Sql.of("{} < {}", column, to)));
        return parts;
    }

    private static Optional<Literal> limit(KeyType type, RangeLimit limit) {
        return limit.equals(RangeLimit.MINVALUE) || limit.equals(RangeLimit.MAXVALUE)
                ? Optional.empty()
                : Optional.of(new Literal(type.print(limit)));
    }
}
