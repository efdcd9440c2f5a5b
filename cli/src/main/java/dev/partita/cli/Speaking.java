package dev.partita.cli;

import dev.partita.report.Look;

/** How a command speaks: what is the same for all, whatever forms its answer has. */
interface Speaking {

    /** Whether the answer is one JSON document, and so are problems. */
    boolean json();

    boolean quiet();

    boolean verbose();

    Look look(Console console);
}
