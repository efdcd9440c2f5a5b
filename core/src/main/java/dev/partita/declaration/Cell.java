package dev.partita.declaration;

import dev.partita.table.PartitionBound;
import dev.partita.table.RangeLimit;

/**
 * One place of a grid: the range that one partition is to take.
 *
 * @param index which cell, counted from the anchor; 0 begins at the anchor
 * @param range its bounds
 */
public record Cell(long index, PartitionBound.Range range) {

    public RangeLimit from() {
        return range.from();
    }

    public RangeLimit to() {
        return range.to();
    }
}
