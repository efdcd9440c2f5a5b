package dev.partita.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A lock on a table that a transaction holds, or several: PostgreSQL keeps them all until its end.
 *
 * @param relation schema and name, quoted where needed: {@code shop.orders}
 * @param mode as SQL says it: {@code ACCESS EXCLUSIVE}
 */
public record HeldLock(String relation, String mode) implements Comparable<HeldLock> {

    private static final Comparator<HeldLock> ORDER =
            Comparator.comparing(HeldLock::relation).thenComparing(HeldLock::mode);

    /** Tables, partitioned and foreign ones, and views; the catalog's own and indexes are left out. */
    private static final String HELD = """
            SELECT pg_catalog.format('%I.%I', namespace.nspname, relation.relname) AS relation,
                   pg_catalog.upper(pg_catalog.regexp_replace(
                       pg_catalog.regexp_replace(held.mode, 'Lock$', ''), '(?<=[a-z])([A-Z])', ' \\1', 'g')) AS mode
            FROM pg_catalog.pg_locks AS held
            JOIN pg_catalog.pg_class AS relation ON relation.oid OPERATOR(pg_catalog.=) held.relation
            JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid OPERATOR(pg_catalog.=) relation.relnamespace
            WHERE held.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
              AND held.locktype OPERATOR(pg_catalog.=) 'relation' AND held.granted
              AND relation.relkind IN ('r', 'p', 'f', 'v', 'm')
              AND namespace.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,pg_toast,information_schema}')
            """;

    /** The locks that the connection's transaction holds now, those on tables it has made itself included. */
    public static SortedSet<HeldLock> by(Connection connection) throws SQLException {
        SortedSet<HeldLock> locks = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HELD)) {
            while (row.next()) {
                locks.add(new HeldLock(row.getString("relation"), row.getString("mode")));
            }
        }
        return Collections.unmodifiableSortedSet(locks);
    }

    @Override
    public int compareTo(HeldLock other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return mode + " on " + relation;
    }
}
