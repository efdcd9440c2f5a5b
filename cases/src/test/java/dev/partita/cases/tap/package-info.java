/** Listens in between partita and a server, and breaks things off there. */
@NullMarked
package dev.partita.cases.tap;

import org.jspecify.annotations.NullMarked;
