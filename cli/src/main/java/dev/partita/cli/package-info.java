/** The command {@code partita}: parses what was typed, calls the front door, prints the answer. */
@NullMarked
package dev.partita.cli;

import org.jspecify.annotations.NullMarked;
