/** {@code partita demo}: the whole story on a PostgreSQL that the command brings along and takes away again. */
@NullMarked
package dev.partita.cli.demo;

import org.jspecify.annotations.NullMarked;
