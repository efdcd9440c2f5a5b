/** Runs plans, exactly as printed or not at all. Decides nothing but when to give way. */
@NullMarked
package dev.partita.execution;

import org.jspecify.annotations.NullMarked;
