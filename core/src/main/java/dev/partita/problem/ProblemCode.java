package dev.partita.problem;

import static dev.partita.problem.ProblemKind.CONFIGURATION;
import static dev.partita.problem.ProblemKind.LEASE_HELD;
import static dev.partita.problem.ProblemKind.NEEDS_A_PERSON;

import java.util.Locale;

/**
 * The stable name of a problem; scripts may rely on it, and each has a page of its own.
 *
 * <p>A new code needs its page in {@code docs/reference/problems/}; a test reminds.
 */
public enum ProblemCode {
    // declaration: found without looking at a database
    DECLARATION_UNREADABLE(CONFIGURATION),
    DECLARATION_EMPTY(CONFIGURATION),
    KEY_UNKNOWN(CONFIGURATION),
    KEY_MISSING(CONFIGURATION),
    KEY_DUPLICATE(CONFIGURATION),
    VALUE_INVALID(CONFIGURATION),
    TABLE_DECLARED_TWICE(CONFIGURATION),
    TABLE_UNKNOWN(CONFIGURATION),
    NAME_INVALID(CONFIGURATION),
    PERIOD_INVALID(CONFIGURATION),
    LIST_VALUE_TWICE(CONFIGURATION),
    CREATE_SQL_INVALID(CONFIGURATION),

    // declaration against the database
    TABLE_MISSING(NEEDS_A_PERSON),
    TABLE_NOT_PARTITIONED(NEEDS_A_PERSON),
    TABLE_NOT_A_TABLE(NEEDS_A_PERSON),
    TABLE_LOCKED(NEEDS_A_PERSON),
    COLUMN_MISSING(NEEDS_A_PERSON),
    KEY_TYPE_UNFIT(NEEDS_A_PERSON),
    KEY_DIFFERS(NEEDS_A_PERSON),
    KEY_UNMANAGED(NEEDS_A_PERSON),
    PRIMARY_KEY_LACKS_PARTITION_KEY(NEEDS_A_PERSON),
    UNIQUE_LACKS_PARTITION_KEY(NEEDS_A_PERSON),
    NAME_COLLIDES(NEEDS_A_PERSON),
    NAME_TAKEN(NEEDS_A_PERSON),
    BOUNDS_OVERLAP(NEEDS_A_PERSON),
    CATCH_ALL_BLOCKS_FUTURE(NEEDS_A_PERSON),
    BOUND_UNREADABLE(NEEDS_A_PERSON),
    MANAGED_BY_PG_PARTMAN(NEEDS_A_PERSON),
    DETACH_PENDING(NEEDS_A_PERSON),
    DEFAULT_HAS_ROWS(NEEDS_A_PERSON),
    DEFAULT_TOO_LARGE(NEEDS_A_PERSON),
    DEFAULT_MISSING(NEEDS_A_PERSON),
    HASH_MODULUS_DIFFERS(NEEDS_A_PERSON),
    LIST_VALUES_DIFFER(NEEDS_A_PERSON),
    INDEX_NEEDS_ONLINE_BUILD(NEEDS_A_PERSON),
    TOO_MANY_PARTITIONS(NEEDS_A_PERSON),
    CURSOR_UNKNOWN(NEEDS_A_PERSON),
    TABLESPACE_MISSING(NEEDS_A_PERSON),

    // informational: explains a thin plan, never fails a run
    LEVEL_ADDED_LATER(NEEDS_A_PERSON),
    FOREIGN_PARTITION(NEEDS_A_PERSON),
    OFF_THE_GRID(NEEDS_A_PERSON),
    RETENTION_NOT_APPLIED(NEEDS_A_PERSON),
    MORE_IN_THE_NEXT_RUN(NEEDS_A_PERSON),

    // saved plans
    PLAN_UNREADABLE(CONFIGURATION),
    PLAN_TOO_OLD(CONFIGURATION),
    PLAN_FOR_ANOTHER_DATABASE(CONFIGURATION),
    PLAN_FOR_ANOTHER_DECLARATION(CONFIGURATION),
    CATALOG_MOVED(NEEDS_A_PERSON),

    // execution
    LOCK_NOT_AVAILABLE(NEEDS_A_PERSON),
    PRIVILEGE_MISSING(NEEDS_A_PERSON),
    STATEMENT_FAILED(NEEDS_A_PERSON),
    OUT_OF_SHARED_MEMORY(NEEDS_A_PERSON),
    STOPPED(NEEDS_A_PERSON),
    SERVER_READ_ONLY(NEEDS_A_PERSON),
    LEASE_LOST(LEASE_HELD),
    LEASE_TAKEN(LEASE_HELD),
    STATE_SCHEMA_UNFIT(NEEDS_A_PERSON);

    private final ProblemKind kind;

    ProblemCode(ProblemKind kind) {
        this.kind = kind;
    }

    /** Who has to act. */
    public ProblemKind kind() {
        return kind;
    }

    /** The page that explains this problem, as a path inside the documentation. */
    public String page() {
        return "docs/reference/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
    }
}
