/** The golden stories with their harness, and the rules that hold for the whole repository. */
@NullMarked
package dev.partita.cases;

import org.jspecify.annotations.NullMarked;
