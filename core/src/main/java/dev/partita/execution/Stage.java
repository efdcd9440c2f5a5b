package dev.partita.execution;

import dev.partita.step.RepairPartition;
import dev.partita.step.Step;

/** The stages of a run, which all tables go through together: what comes later never holds up what comes before. */
enum Stage {
    /** Partitions are made. */
    MAKES,

    /** Partitions are made like their table again. */
    MENDS,

    /** Partitions are retired. */
    RETIRES,

    /** Indexes are built, which may take hours. */
    BUILDS,

    /** All of a partition is read, or written anew elsewhere, which may take hours as well, and nothing waits for it. */
    TAKES_LONG;

    static Stage of(Step step) {
        if (step instanceof RepairPartition) {
            return MENDS;
        }
        if (step.takesLong()) {
            return TAKES_LONG;
        }
        return step.builds() ? BUILDS : step.retires() ? RETIRES : MAKES;
    }
}
