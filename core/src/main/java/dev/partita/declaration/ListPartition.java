package dev.partita.declaration;

import dev.partita.table.ListValue;
import java.util.List;

/**
 * A partition of a list.
 *
 * @param name the last part of its name; the naming of the level makes the whole of it
 * @param values what belongs there, at least one value
 */
public record ListPartition(String name, List<ListValue> values) {

    public ListPartition {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("partition " + name + " lists no value");
        }
    }
}
