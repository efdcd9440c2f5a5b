package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.execution.Outcome.Blocker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.step.RelationLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    private static final String SQL = resource();

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
                        .executeQuery(SQL.replace(
                                ":'relations'",
                                Literal.of(array(modes.keySet())).sql()))) {
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

    /** An array constant of texts. */
    private static String array(Iterable<String> texts) {
        StringBuilder array = new StringBuilder("{");
        for (String text : texts) {
            array.append(array.length() > 1 ? "," : "")
                    .append('"')
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
    }

    private static String resource() {
        try (InputStream in = Blockers.class.getResourceAsStream("blockers.sql")) {
            if (in == null) {
                throw new IllegalStateException("blockers.sql is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
