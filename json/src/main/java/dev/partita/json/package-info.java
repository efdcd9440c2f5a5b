/** Plans, runs and reports as versioned JSON. */
@NullMarked
package dev.partita.json;

import org.jspecify.annotations.NullMarked;
