/** What a plan consists of: each step knows its reason, its SQL and the locks it takes. Steps neither run nor choose. */
@NullMarked
package dev.partita.step;

import org.jspecify.annotations.NullMarked;
