package dev.partita.plan;

import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the range partitions of one place take, and what they leave free.
 *
 * @param ranges in order; no two take the same, so they end in the order in which they begin
 */
record RangeSet(List<Range> ranges) {

    RangeSet {
        ranges = ranges.stream().sorted(Comparator.comparing(Range::from)).toList();
    }

    /** The ones among bounds that are ranges. */
    static RangeSet of(List<PartitionBound> bounds) {
        return new RangeSet(bounds.stream()
                .filter(Range.class::isInstance)
                .map(Range.class::cast)
                .toList());
    }

    RangeSet and(List<Range> more) {
        return new RangeSet(Stream.concat(ranges.stream(), more.stream()).toList());
    }

    /** The ranges that take a part of this one. */
    List<Range> overlapping(Range within) {
        int first = 0;
        for (int end = ranges.size(); first < end; ) {
            int middle = (first + end) / 2;
            if (within.from().isBefore(ranges.get(middle).to())) {
                end = middle;
            } else {
                first = middle + 1;
            }
        }
        int end = first;
        while (end < ranges.size() && ranges.get(end).from().isBefore(within.to())) {
            end++;
        }
        return ranges.subList(first, end);
    }

    /** Whether nothing takes a part of it. */
    boolean isFree(Range range) {
        return overlapping(range).isEmpty();
    }

    /** What nothing takes within a range, in order. */
    List<Range> holes(Range within) {
        List<Range> holes = new ArrayList<>();
        RangeLimit end = within.from();
        for (Range taken : overlapping(within)) {
            if (end.isBefore(taken.from())) {
                holes.add(new Range(end, taken.from()));
            }
            end = end.isBefore(taken.to()) ? taken.to() : end;
        }
        if (end.isBefore(within.to())) {
            holes.add(new Range(end, within.to()));
        }
        return holes;
    }

    /** What nothing takes between the first and the last, in order. */
    List<Range> holes() {
        List<Range> holes = new ArrayList<>();
        for (int i = 1; i < ranges.size(); i++) {
            RangeLimit end = ranges.get(i - 1).to();
            if (end.isBefore(ranges.get(i).from())) {
                holes.add(new Range(end, ranges.get(i).from()));
            }
        }
        return holes;
    }

    /** How far they reach from a place on without a hole, if that place is taken. */
    Optional<RangeLimit> until(RangeLimit present) {
        RangeLimit end = present;
        boolean covered = false;
        for (Range range : ranges) {
            if (!end.isBefore(range.from()) && end.isBefore(range.to())) {
                end = range.to();
                covered = true;
            }
        }
        return covered ? Optional.of(end) : Optional.empty();
    }
}
