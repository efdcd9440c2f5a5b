package dev.partita.execution;

import dev.partita.step.Step;

/** The stages of a run, which all tables go through together: what comes later never holds up what comes before. */
enum Stage {
    /** Partitions are made. */
    MAKES,

    /** Partitions are retired. */
    RETIRES,

    /** Indexes are built, which may take hours. */
    BUILDS;

    static Stage of(Step step) {
        return step.builds() ? BUILDS : step.retires() ? RETIRES : MAKES;
    }
}
