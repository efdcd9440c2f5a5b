package dev.partita.catalog;

import dev.partita.catalog.Answers.Taken;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out which names somebody has already. */
final class TakenNames {

    private final Snapshot snapshot;
    private final Map<TableName, Taken> taken = new HashMap<>();

    private TakenNames(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Those of the names that are taken. */
    static Map<TableName, Taken> of(Snapshot snapshot, Collection<TableName> names) throws SQLException {
        TakenNames search = new TakenNames(snapshot);
        if (!names.isEmpty()) {
            search.search(List.copyOf(names));
        }
        return search.taken;
    }

    private void search(List<TableName> names) throws SQLException {
        snapshot.each(CatalogQuery.TAKEN.named(names), row -> {
            TableName name = names.get((int) row.number("place") - 1);
            Optional<String> relkind = row.textIfAny("relkind");
            taken.put(
                    name,
                    new Taken(
                            row.textIfAny("what")
                                    .or(() -> relkind.map(RelationKind::of).map(RelationKind::toString))
                                    .orElse("something"),
                            relkind.map(TakenNames::kind).orElse(Taken.Kind.TYPE),
                            Optional.empty()));
        });
        taken.replaceAll((name, found) ->
                found.kind() == Taken.Kind.TABLE ? new Taken(found.what(), found.kind(), rowsInside(name)) : found);
    }

    private static Taken.Kind kind(String relkind) {
        return switch (relkind) {
            case "r", "p" -> Taken.Kind.TABLE;
            case "c" -> Taken.Kind.TYPE;
            default -> Taken.Kind.RELATION;
        };
    }

    /** Whether the table holds a row; empty when somebody has locked it or we may not look. */
    private Optional<Boolean> rowsInside(TableName table) {
        List<Boolean> holds = new ArrayList<>();
        try {
            snapshot.lookInto(
                    table,
                    () -> snapshot.each(
                            Sql.of("SELECT EXISTS (SELECT FROM {}) AS holds", table)
                                    .sql(),
                            row -> holds.add(row.flag("holds"))));
        } catch (SQLException e) {
            return Optional.empty();
        }
        return holds.stream().findFirst();
    }
}
