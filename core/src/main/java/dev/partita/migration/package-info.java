/**
 * The online rewrite: a table gets another shape while everybody goes on reading and writing it.
 *
 * <p>A migration is a row in the state schema and what it has made beside the table. What is seen of both, an {@link
 * dev.partita.migration.Observation}, decides what comes next: each phase answers with steps, which run like all others, and the
 * last of them moves the migration on in its own transaction. So it can be killed at any moment and goes on where it was.
 */
@NullMarked
package dev.partita.migration;

import org.jspecify.annotations.NullMarked;
