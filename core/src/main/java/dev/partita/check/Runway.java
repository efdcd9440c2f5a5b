package dev.partita.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** How long rows have somewhere to go. */
public sealed interface Runway {

    /**
     * Until a moment.
     *
     * @param left from the present on; zero when the present has no partition
     * @param until the first moment without a partition, as people read it
     */
    record Until(Duration left, String until) implements Runway {}

    /**
     * Until a number.
     *
     * @param ids how far it is from the newest row; zero when the next row has no partition
     * @param until the first number without a partition
     * @param step how wide a partition is
     * @param left about how long that lasts; empty where no rate can be told
     */
    record Ids(BigDecimal ids, BigDecimal until, Optional<BigDecimal> step, Optional<Duration> left)
            implements Runway {}

    /** For ever: the last partition has no end, or a table of numbers has no row yet and partitions enough. */
    record Endless() implements Runway {}

    /**
     * There is no axis on which rows move on.
     *
     * @param why a clause
     */
    record NotApplicable(String why) implements Runway {}

    /**
     * It cannot be told.
     *
     * @param why a clause
     */
    record Unknown(String why) implements Runway {}

    /** The time that is left, where it can be told. */
    default Optional<Duration> time() {
        if (this instanceof Until until) {
            return Optional.of(until.left());
        }
        return this instanceof Ids ids ? ids.left() : Optional.empty();
    }
}
