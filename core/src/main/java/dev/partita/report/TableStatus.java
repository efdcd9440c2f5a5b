package dev.partita.report;

import dev.partita.plan.TablePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A table as a chest of drawers.
 *
 * @param plan what has to happen to it, and what a person should know
 * @param drawers its partitions in the order of their keys, DEFAULT last; empty when there is no such table
 * @param left how long the partitions reach from the present on without a hole, where the key is time
 * @param next what happens next, in sentences, soonest first
 */
public record TableStatus(TablePlan plan, List<Drawer> drawers, Optional<Duration> left, List<String> next) {

    public TableStatus {
        drawers = List.copyOf(drawers);
        next = List.copyOf(next);
    }

    /** All drawers together; what cannot be seen now counts nothing. */
    public long bytes() {
        return drawers.stream().mapToLong(drawer -> drawer.bytes().orElse(0L)).sum();
    }

    /** All drawers together; negative when nobody has looked into any. */
    public double estimatedRows() {
        return drawers.stream()
                .mapToDouble(Drawer::estimatedRows)
                .filter(rows -> rows >= 0)
                .reduce(Double::sum)
                .orElse(-1);
    }
}
