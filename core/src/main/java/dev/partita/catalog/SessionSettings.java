package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import java.time.Duration;

/**
 * Settings under which partita speaks to a server, for the length of one transaction: the same SQL means the same, and a
 * bound prints the same, whatever the role, the database or the pool has set.
 *
 * <p>All are {@code SET LOCAL}: a connection that goes back to a pool, or PgBouncer's to the next client, carries nothing of
 * ours. Every user may set each of them.
 */
public final class SessionSettings {

    /** To be run at the begin of a transaction, statements separated by semicolons. */
    public static final String PINNED = """
            SET LOCAL search_path = pg_catalog, pg_temp;
            SET LOCAL "TimeZone" = 'UTC';
            SET LOCAL "DateStyle" = 'ISO, MDY';
            SET LOCAL "IntervalStyle" = 'postgres';
            SET LOCAL extra_float_digits = 1;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL quote_all_identifiers = off;
            SET LOCAL standard_conforming_strings = on;
            SET LOCAL row_security = off;
            SET LOCAL default_tablespace = '';
            SET LOCAL jit = off""";

    /**
     * The first statement of a transaction that looks under a lock: what the lock was waited for is seen, whatever isolation the
     * role has by default.
     */
    public static final Sql READ_COMMITTED = new Sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");

    /** Names mean the system's own; everything else is written with its schema. Part of {@link #PINNED}. */
    public static final Sql SEARCH_PATH = new Sql("SET LOCAL search_path = pg_catalog, pg_temp");

    private SessionSettings() {}

    /** How long a statement of this transaction may wait for a lock, and how long it may take; zero is no limit. */
    public static Sql limits(Duration lockTimeout, Duration statementTimeout) {
        return new Sql("SET LOCAL lock_timeout = " + lockTimeout.toMillis() + ";\nSET LOCAL statement_timeout = "
                + statementTimeout.toMillis());
    }

    /**
     * The search path under which a user's own {@code CREATE TABLE} runs: names without a schema land beside the declared
     * table, and types and functions of extensions in {@code public} are found.
     *
     * @param schema the declared table's
     */
    public static Sql searchPathFor(Identifier schema) {
        return schema.equals(Identifier.of("public"))
                ? new Sql("SET LOCAL search_path = public, pg_temp")
                : Sql.of("SET LOCAL search_path = {}, public, pg_temp", schema);
    }
}
