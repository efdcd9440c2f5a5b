/** Reads {@code partita.yml} into the same declarations that the builder makes, and names the place of every mistake. */
@NullMarked
package dev.partita.yaml;

import org.jspecify.annotations.NullMarked;
