package dev.partita.cli.connection;

/** Whose names a connection string uses. */
enum Spelling {
    /** Keywords as {@code sslmode}, {@code application_name}: libpq URLs, keyword strings, service files. */
    LIBPQ,
    /** Properties as {@code ApplicationName}: JDBC URLs. */
    JDBC
}
