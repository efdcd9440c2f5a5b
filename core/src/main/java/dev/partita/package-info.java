/** The front door: declare, plan, apply. */
@NullMarked
package dev.partita;

import org.jspecify.annotations.NullMarked;
