package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Template;
import dev.partita.step.RelationLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out who holds the locks that a step did not get. */
final class Blockers {

    private static final Template QUESTION = Template.beside(Blockers.class, "blockers.sql");

    private Blockers() {}

    /**
     * The sessions in the way, one entry each.
     *
     * @param connection outside of a transaction
     */
    static List<Blocker> of(Connection connection, List<RelationLock> wanted) throws SQLException {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<String, Lock> modes = wanted.stream()
                .collect(Collectors.toMap(
                        lock -> lock.relation().sql(),
                        RelationLock::mode,
                        (one, other) -> one.compareTo(other) > 0 ? one : other,
                        LinkedHashMap::new));
        Map<Integer, Blocker> blockers = new LinkedHashMap<>();
        try (PinnedTransaction transaction =
                        PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(10));
                ResultSet row = transaction
                        .statement()
                        .executeQuery(QUESTION.filled(Map.of("relations", Literal.array(modes.keySet()))))) {
            while (row.next()) {
                Lock held = Lock.ofCatalogName(row.getString("mode"));
                Lock mode = modes.get(row.getString("relation"));
                if (mode != null && mode.conflictsWith(held)) {
                    blockers.putIfAbsent(row.getInt("pid"), blocker(row, held));
                }
            }
        }
        return List.copyOf(blockers.values());
    }

    private static Blocker blocker(ResultSet row, Lock held) throws SQLException {
        return new Blocker(
                row.getInt("pid"),
                row.getString("application"),
                row.getString("role"),
                row.getString("state"),
                Duration.ofSeconds(row.getLong("seconds")),
                held.sql() + " on " + row.getString("relation"));
    }
}
