package dev.partita.declaration;

import dev.partita.problem.Problem;

/** Hears what is wrong with a declaration while it is put together, and knows the place of each key. */
@FunctionalInterface
public interface Complaints {

    /**
     * Something is wrong.
     *
     * @param key the key of {@code partita.yml} that it is about, such as {@code every} or {@code leaf.fillfactor}; empty
     *     for the level or table as a whole
     * @param problem what; its place is still that of the value alone
     */
    void about(String key, Problem problem);
}
