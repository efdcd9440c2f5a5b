/** Tables, keys and bounds as PostgreSQL defines them: neither wishes nor facts, just the vocabulary of partitioning. */
@NullMarked
package dev.partita.table;

import org.jspecify.annotations.NullMarked;
