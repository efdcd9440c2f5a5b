package dev.partita.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What something took.
 *
 * @param milliseconds on the clock
 * @param cpuMilliseconds of processors, on the server and in this process together; unlike the clock's, hardly longer when others
 *     use the machine too
 */
record Cost(double milliseconds, double cpuMilliseconds) {

    static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
        return Median.of(costs.stream().map(part::applyAsDouble).toList());
    }
}
