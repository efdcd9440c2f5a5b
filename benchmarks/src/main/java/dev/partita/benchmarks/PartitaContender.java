package dev.partita.benchmarks;

import dev.partita.Partita;
import dev.partita.execution.Run;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** partita as a library, in a process that is warm and keeps its connections. */
final class PartitaContender implements Contender {

    private final Fleet fleet;
    private final DataSource pool;
    private final int connections;
    private int ahead = Fleet.AHEAD;

    PartitaContender(Fleet fleet, DataSource pool, int connections) {
        this.fleet = fleet;
        this.pool = pool;
        this.connections = connections;
    }

    @Override
    public void begin() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            fleet.create(connection);
        }
        maintain();
    }

    @Override
    public void maintain() throws SQLException {
        Run run = Partita.of(pool, fleet.declared(ahead))
                .withConnections(connections)
                .apply();
        if (!run.complete()) {
            throw new IllegalStateException("partita left something undone: "
                    + run.steps().stream()
                            .filter(step -> !step.outcome().done())
                            .findFirst());
        }
    }

    @Override
    public void want(int more) {
        ahead += more;
    }

    @Override
    public long partitions() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Partitions.of(fleet, connection);
        }
    }
}
