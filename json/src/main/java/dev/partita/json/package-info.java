/**
 * Plans, runs, status and problems as JSON: one envelope with a version, schemas beside it, and plans that were saved. Within a
 * version properties are only added. What is not ASCII is escaped, so that no name can play tricks on a terminal.
 */
@NullMarked
package dev.partita.json;

import org.jspecify.annotations.NullMarked;
