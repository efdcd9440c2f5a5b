package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import java.util.List;

/**
 * A partition of a list.
 *
 * @param name the last part of its name, taken as it is; the naming of the level makes the whole of it
 * @param values what belongs there, at least one value
 */
public record ListPartition(String name, List<ListValue> values) {

    /** @throws PartitaException if the name cannot be part of a name, or no value is listed */
    public ListPartition {
        values = List.copyOf(values);
        Identifier.of(name);
        if (values.isEmpty()) {
            throw Refusal.value(
                    "partitions",
                    "partition " + name + " lists no value",
                    "list its values: " + name + ": [A, B]; for rows without a value: " + name + ": [null]");
        }
    }
}
