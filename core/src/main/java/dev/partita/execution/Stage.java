package dev.partita.execution;

import dev.partita.step.RepairPartition;
import dev.partita.step.Step;
import dev.partita.step.StoreElsewhere;

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

    /** What was retired is written anew elsewhere, which may take hours as well, and nothing waits for it. */
    STORES;

    static Stage of(Step step) {
        if (step instanceof RepairPartition) {
            return MENDS;
        }
        if (step instanceof StoreElsewhere) {
            return STORES;
        }
        return step.builds() ? BUILDS : step.retires() ? RETIRES : MAKES;
    }
}
