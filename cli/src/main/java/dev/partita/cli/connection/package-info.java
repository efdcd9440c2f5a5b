/**
 * How the command line reaches a database: from what was typed, the environment and libpq's files to a {@link
 * dev.partita.cli.connection.Target}, and from there to a {@link javax.sql.DataSource} and the facts about the server.
 */
@NullMarked
package dev.partita.cli.connection;

import org.jspecify.annotations.NullMarked;
