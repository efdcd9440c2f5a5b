/** What can go wrong, by name: stable codes, and the exception that carries them. */
@NullMarked
package dev.partita.problem;

import org.jspecify.annotations.NullMarked;
