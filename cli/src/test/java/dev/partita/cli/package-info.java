/** The commands, typed as people type them, on real servers; whole outputs compared. */
@NullMarked
package dev.partita.cli;

import org.jspecify.annotations.NullMarked;
