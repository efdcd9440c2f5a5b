package dev.partita.test;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
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

    /** On tables of every kind and views; the catalog's own and indexes are left out, and so are predicate locks. */
    private static final String HELD = """
            SELECT namespace.nspname, relation.relname, held.mode
            FROM pg_catalog.pg_locks AS held
            JOIN pg_catalog.pg_class AS relation ON relation.oid OPERATOR(pg_catalog.=) held.relation
            JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid OPERATOR(pg_catalog.=) relation.relnamespace
            WHERE held.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
              AND held.locktype OPERATOR(pg_catalog.=) 'relation'
              AND held.granted AND held.mode OPERATOR(pg_catalog.<>) 'SIReadLock'
              AND relation.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,f,v,m}')
              AND namespace.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,pg_toast,information_schema}')
            """;

    /** The locks that the connection's transaction holds now, those on tables it has made itself included. */
    public static SortedSet<HeldLock> by(Connection connection) throws SQLException {
        SortedSet<HeldLock> locks = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HELD)) {
            while (row.next()) {
                locks.add(new HeldLock(
                        quoted(row.getString(1)) + "." + quoted(row.getString(2)), spelled(row.getString(3))));
            }
        }
        return Collections.unmodifiableSortedSet(locks);
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** AccessExclusiveLock becomes ACCESS EXCLUSIVE. */
    private static String spelled(String mode) {
        return mode.replaceAll("Lock$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
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
