/** How plans are run: giving way, naming blockers, refusing what has moved, stopping, leaving no trace on connections. */
@NullMarked
package dev.partita.cases.running;

import org.jspecify.annotations.NullMarked;
