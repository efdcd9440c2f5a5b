/** The words for speaking to PostgreSQL: identifiers, literals, statements, lock modes. The only place that quotes. */
@NullMarked
package dev.partita.sql;

import org.jspecify.annotations.NullMarked;
