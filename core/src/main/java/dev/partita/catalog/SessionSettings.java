package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import java.time.Duration;
import java.util.List;

/**
 * Settings under which partita speaks to a server, for the length of one transaction: the same SQL means the same, and a
 * bound prints the same, whatever the role, the database or the pool has set.
 *
 * <p>All hold for the transaction only, as with {@code SET LOCAL}: a connection that goes back to a pool, or PgBouncer's to the next client, carries nothing of
 * ours. Every user may set each of them.
 */
public final class SessionSettings {

    /** What is set for every transaction of ours. */
    public static final List<Setting> PINNED = List.of(
            new Setting("search_path", "pg_catalog, pg_temp"),
            new Setting("TimeZone", "UTC"),
            new Setting("DateStyle", "ISO, MDY"),
            new Setting("IntervalStyle", "postgres"),
            new Setting("extra_float_digits", "1"),
            new Setting("bytea_output", "hex"),
            new Setting("quote_all_identifiers", "off"),
            new Setting("standard_conforming_strings", "on"),
            new Setting("row_security", "off"),
            new Setting("default_tablespace", ""),
            new Setting("jit", "off"));

    /**
     * The first statement of a transaction that looks under a lock: what the lock was waited for is seen, whatever isolation the
     * role has by default.
     */
    public static final Sql READ_COMMITTED = new Sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED");

    /** Names mean the system's own; everything else is written with its schema. Part of {@link #PINNED}. */
    public static final Sql SEARCH_PATH = new Sql("SET LOCAL search_path = pg_catalog, pg_temp");

    /** The planner takes a tree of partitions for much larger than it is, and would read whole catalogs to join it. */
    public static final List<Setting> LOOK_INTO_INDEXES = List.of(
            new Setting("enable_hashjoin", "off"),
            new Setting("enable_mergejoin", "off"),
            new Setting("max_parallel_workers_per_gather", "0"));

    private SessionSettings() {}

    /** How long a statement of this transaction may wait for a lock, and how long it may take; zero is no limit. */
    public static List<Setting> limits(Duration lockTimeout, Duration statementTimeout) {
        return List.of(
                new Setting("lock_timeout", Long.toString(lockTimeout.toMillis())),
                new Setting("statement_timeout", Long.toString(statementTimeout.toMillis())));
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
