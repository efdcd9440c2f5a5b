package dev.partita.migration;

import java.time.Duration;

/** A step of a migration that may take long, in nobody's way, while others of its kind do the same elsewhere. */
interface BesideOthers extends MigrationStep {

    @Override
    default Duration limit() {
        return Duration.ZERO;
    }

    @Override
    default Exclusive exclusive() {
        return new Exclusive(table(), true);
    }
}
