package dev.partita.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts, so that both sides are known to have done the same. */
final class Partitions {

    private Partitions() {}

    static long of(Fleet fleet, Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("""
                SELECT count(*)
                  FROM pg_inherits i
                  JOIN pg_class parent ON parent.oid = i.inhparent AND parent.relkind = 'p'
                  JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE parent.relname = ANY (?)
                   AND pg_get_expr(c.relpartbound, 0) <> 'DEFAULT'""")) {
            count.setArray(1, connection.createArrayOf("text", fleet.tables().toArray()));
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
