package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.RelationKind;
import dev.partita.catalog.ServerMessage;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out which relations hold a row, a few dozen in a query. Never waits behind a lock for longer than a moment. */
final class Looks {

    /** So many at a time, so that few locks are held together. */
    private static final int AT_ONCE = 50;

    /** After so many that took too long the others are left alone. */
    private static final int MOST_SLOW = 10;

    private static final String QUICKLY = "SET LOCAL statement_timeout = '1s'";
    private static final String QUERY_CANCELED = "57014";
    private static final String NOT_ALLOWED = "42501";

    private final Question question;
    private final Map<Long, String> holders;
    private final Map<Long, Looked> looked = new HashMap<>();
    private int slow;

    Looks(Question question, Map<Long, String> holders) {
        this.question = question;
        this.holders = holders;
    }

    Map<Long, Looked> into(List<CatalogPartition> partitions) throws SQLException {
        Map<Long, Access> accesses =
                question.access(partitions.stream().map(CatalogPartition::oid).toList());
        Map<Optional<Identifier>, List<CatalogPartition>> free = new LinkedHashMap<>();
        for (CatalogPartition partition : partitions) {
            List<String> locks = partition
                    .tree()
                    .map(CatalogPartition::oid)
                    .filter(holders::containsKey)
                    .map(holders::get)
                    .distinct()
                    .toList();
            Access access = accesses.get(partition.oid());
            if (!locks.isEmpty()) {
                looked.put(partition.oid(), new Looked.Unknown("locked by " + String.join(", ", locks)));
            } else if (partition.tree().anyMatch(part -> part.kind() == RelationKind.FOREIGN)) {
                looked.put(partition.oid(), new Looked.Unknown("a foreign table is not looked into"));
            } else if (access == null || !access.open()) {
                looked.put(partition.oid(), new Looked.Unknown("this role may not read it"));
            } else {
                free.computeIfAbsent(access.reader(), reader -> new ArrayList<>())
                        .add(partition);
            }
        }
        question.run(QUICKLY);
        for (Map.Entry<Optional<Identifier>, List<CatalogPartition>> alike : free.entrySet()) {
            List<CatalogPartition> all = alike.getValue();
            for (int from = 0; from < all.size(); from += AT_ONCE) {
                look(alike.getKey(), all.subList(from, Math.min(from + AT_ONCE, all.size())));
            }
        }
        return looked;
    }

    /** What fails together is tried in halves, so that one that fails costs the others nothing. */
    private void look(Optional<Identifier> as, List<CatalogPartition> partitions) throws SQLException {
        if (slow >= MOST_SLOW) {
            partitions.forEach(partition ->
                    looked.put(partition.oid(), new Looked.Unknown("looking into others took too long already")));
            return;
        }
        String sql = partitions.stream()
                .map(partition -> Sql.of(
                                "SELECT {} AS oid, EXISTS (SELECT FROM {}) AS filled",
                                new Sql(Long.toString(partition.oid())),
                                partition.name())
                        .sql())
                .collect(Collectors.joining("\nUNION ALL\n"));
        try {
            question.attempt(
                    as,
                    sql,
                    row -> looked.put(
                            row.getLong("oid"), row.getBoolean("filled") ? new Looked.Filled() : new Looked.Empty()));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("08") || state.startsWith("57P")) {
                throw e;
            }
            slow += state.equals(QUERY_CANCELED) ? 1 : 0;
            if (partitions.size() > 1) {
                int half = partitions.size() / 2;
                look(as, partitions.subList(0, half));
                look(as, partitions.subList(half, partitions.size()));
            } else {
                looked.put(partitions.get(0).oid(), new Looked.Unknown(why(e, partitions.get(0))));
            }
        }
    }

    private String why(SQLException e, CatalogPartition partition) throws SQLException {
        if (ServerMessage.lockNotAvailable(e)) {
            List<Long> tree = partition.tree().map(CatalogPartition::oid).toList();
            Map<Long, String> now = question.holders(tree);
            return now.isEmpty()
                    ? "somebody held a lock on it"
                    : "locked by " + now.values().stream().distinct().collect(Collectors.joining(", "));
        }
        if (QUERY_CANCELED.equals(e.getSQLState())) {
            return "looking for a first row took longer than a second";
        }
        return NOT_ALLOWED.equals(e.getSQLState()) ? "this role may not read it" : ServerMessage.of(e);
    }
}
