/** A real PostgreSQL for tests, and assertions about partitions. */
@NullMarked
package dev.partita.test;

import org.jspecify.annotations.NullMarked;
