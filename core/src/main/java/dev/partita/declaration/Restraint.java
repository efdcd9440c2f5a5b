package dev.partita.declaration;

import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import dev.partita.table.PartitionBound;
import java.util.List;
import java.util.Optional;

/**
 * What holds a partition back that has been kept long enough.
 *
 * @param pins stretches of the key that stay whatever their age, such as what a court wants kept
 * @param unless values of columns with which a row keeps its partition
 * @param window when a run that nobody has asked for may retire; empty for always
 * @param untilReleased whether what is retired is dropped only when a person has let it go, after its grace
 */
public record Restraint(List<Stretch> pins, List<Unless> unless, Optional<WeeklyWindow> window, boolean untilReleased) {

    /** Nothing. */
    public static final Restraint NONE = new Restraint(List.of(), List.of(), Optional.empty(), false);

    /**
     * A row that has one of these values keeps its partition.
     *
     * @param column of the table
     * @param values at least one; NULL may be among them
     */
    public record Unless(Identifier column, List<ListValue> values) {

        /** @throws dev.partita.problem.PartitaException if there is no value */
        public Unless {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw Refusal.value(
                        "unless",
                        "no value of " + column.written() + " is named",
                        "write unless: { status: [PENDING, OPEN] }");
            }
        }
    }

    /** Whether the declaration wants a partition to stay whatever its age. */
    public boolean pins(PartitionBound.Range range, Grid grid) {
        return pins.stream().anyMatch(pin -> pin.touches(range, grid));
    }

    public Restraint {
        pins = List.copyOf(pins);
        unless = List.copyOf(unless);
    }
}
