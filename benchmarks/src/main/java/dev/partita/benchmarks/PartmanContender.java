package dev.partita.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;

/** pg_partman 4 with native partitions, maintained by one call on a connection that stays open. */
final class PartmanContender implements Contender {

    /** With {@code infinite_time_partitions} it keeps one more ahead than it is told. */
    private static final int PREMAKE = Fleet.AHEAD - 1;

    private final Fleet fleet;
    private final Connection connection;

    PartmanContender(Fleet fleet, Connection connection) {
        this.fleet = fleet;
        this.connection = connection;
    }

    @Override
    public void begin() throws SQLException {
        fleet.create(connection);
        // One transaction each: together they would not fit into the lock table.
        for (String table : fleet.tables()) {
            Database.run(
                    connection,
                    "SELECT partman.create_parent('public.%s', 'created_at', 'native', '1 month', p_premake := %d, p_start_partition := '%s')"
                            .formatted(table, PREMAKE, Fleet.from()));
            if (!fleet.withDefault()) {
                Database.run(connection, "DROP TABLE public.%s_default".formatted(table));
            }
        }
        // Otherwise it makes nothing ahead of a table without rows.
        Database.run(connection, "UPDATE partman.part_config SET infinite_time_partitions = true");
        maintain();
    }

    @Override
    public void maintain() throws SQLException {
        Database.run(connection, "SELECT partman.run_maintenance()");
    }

    @Override
    public void want(int more) throws SQLException {
        Database.run(connection, "UPDATE partman.part_config SET premake = premake + " + more);
    }

    @Override
    public long partitions() throws SQLException {
        return Partitions.of(fleet, connection);
    }
}
