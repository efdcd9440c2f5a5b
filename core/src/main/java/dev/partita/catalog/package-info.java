/** What the database has, as facts read in one snapshot. No opinions, no writes. */
@NullMarked
package dev.partita.catalog;

import org.jspecify.annotations.NullMarked;
