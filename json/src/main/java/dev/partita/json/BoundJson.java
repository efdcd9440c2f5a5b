package dev.partita.json;

import dev.partita.table.KeyType;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;
import java.util.Comparator;

/** Which rows a partition takes; limits as PostgreSQL prints them, instants with their offset. */
final class BoundJson {

    private BoundJson() {}

    static void write(Json json, PartitionBound bound, KeyType type) {
        json.object("bound", object -> {
            if (bound instanceof PartitionBound.Range range) {
                object.text("kind", "range")
                        .text("from", limit(range.from(), type))
                        .text("to", limit(range.to(), type));
            } else if (bound instanceof PartitionBound.Values values) {
                object.text("kind", "list")
                        .texts(
                                "values",
                                values.values().stream()
                                        .sorted(Comparator.comparing(ListValue::toString))
                                        .map(ListValue::text)
                                        .toList());
            } else if (bound instanceof PartitionBound.Hash hash) {
                object.text("kind", "hash").number("modulus", hash.modulus()).number("remainder", hash.remainder());
            } else if (bound instanceof PartitionBound.Opaque opaque) {
                object.text("kind", "unreadable").text("text", opaque.text());
            } else {
                object.text("kind", "default");
            }
        });
    }

    static String limit(RangeLimit limit, KeyType type) {
        boolean value = !limit.equals(RangeLimit.MINVALUE) && !limit.equals(RangeLimit.MAXVALUE);
        try {
            return value ? type.print(limit) : limit.toString();
        } catch (IllegalArgumentException | ArithmeticException e) {
            // A hand-made bound before the year 1, which partita reads and does not write.
            return limit.toString();
        }
    }
}
