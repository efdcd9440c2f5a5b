/** The parts of the online rewrite that need no database. */
@NullMarked
package dev.partita.migration;

import org.jspecify.annotations.NullMarked;
