package dev.partita.migration;

import dev.partita.execution.RunListener;

/** Follows a migration. Called on its threads, one call at a time; must be quick and must not throw. */
public interface MigrationListener extends RunListener {

    /** Nobody listens. */
    MigrationListener NONE = new MigrationListener() {};

    /** What was seen before each decision. */
    default void seen(Progress progress) {}

    /**
     * Nothing can be done for a moment.
     *
     * @param why for what it waits, as a clause
     */
    default void waiting(String why) {}
}
