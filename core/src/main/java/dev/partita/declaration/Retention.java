package dev.partita.declaration;

import dev.partita.sql.Identifier;
import java.math.BigInteger;
import java.util.Optional;

/** How long partitions stay, and what becomes of them afterwards. */
public sealed interface Retention {

    /** Nothing is ever retired. */
    record Forever() implements Retention {}

    /**
     * Retired beyond a limit.
     *
     * @param keep the limit
     * @param then what becomes of a retired partition
     * @param grace how long it stays, detached, before it is dropped
     * @param retire whether a person has to ask for it
     */
    record Limited(Keep keep, Then then, Optional<Period> grace, Retire retire) implements Retention {}

    /** How much is kept. */
    sealed interface Keep {
        record Time(Period period) implements Keep {}

        record Partitions(int count) implements Keep {}

        record Bytes(BigInteger bytes) implements Keep {}
    }

    /** What becomes of a retired partition. */
    sealed interface Then {
        record Detach() implements Then {}

        record Drop() implements Then {}

        record MoveTo(Identifier schema) implements Then {}
    }

    /** Who may start it. */
    enum Retire {
        ASK,
        AUTO
    }
}
