/** How plans are run: giving way, naming blockers, refusing what has moved, stopping, leaving no trace on connections; one at a time, and written down. */
@NullMarked
package dev.partita.cases.running;

import org.jspecify.annotations.NullMarked;
