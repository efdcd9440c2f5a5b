package dev.partita.cli;

import dev.partita.report.Look;

/** How a command speaks: what is the same for all, whatever forms its answer has. */
interface Speaking {

    /** Whether the answer is one JSON document, and so are problems. */
    boolean json();

    Manner manner();

    default boolean quiet() {
        return manner().quiet();
    }

    default boolean verbose() {
        return manner().verbose();
    }

    default Look look(Console console) {
        return manner().look(console);
    }
}
