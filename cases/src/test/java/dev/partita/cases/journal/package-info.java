/** What is written down about each change, and what happens when it cannot be. */
@NullMarked
package dev.partita.cases.journal;

import org.jspecify.annotations.NullMarked;
