package dev.partita.catalog;

import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes tables that do not exist yet as their {@code create:} says, looks at them, and undoes it. */
final class Rehearsal {

    private final Snapshot snapshot;
    private final Identifier user;

    /**
     * A rehearsal.
     *
     * @param user who we are, and so who would own what is made
     */
    Rehearsal(Snapshot snapshot, Identifier user) {
        this.snapshot = snapshot;
        this.user = user;
    }

    /**
     * The tables as they would be, in the given order; those that cannot be made say why.
     *
     * <p>Locks that the statements take, such as on tables that foreign keys point at, are gone when this returns.
     */
    Map<TableName, CatalogTable> of(List<TableDeclaration> missing) throws SQLException {
        Map<TableName, CatalogTable> tables = new LinkedHashMap<>();
        if (missing.isEmpty()) {
            return tables;
        }
        snapshot.undone(() -> {
            Map<TableName, String> failures = new HashMap<>();
            for (TableDeclaration declaration : missing) {
                try {
                    make(declaration);
                } catch (SQLException e) {
                    failures.put(declaration.name(), ServerMessage.of(e));
                }
            }
            Map<TableName, CatalogTable> made = TableFacts.read(
                    snapshot, missing.stream().map(TableDeclaration::name).toList());
            for (TableDeclaration declaration : missing) {
                TableName name = declaration.name();
                CatalogTable table = made.get(name);
                tables.put(
                        name,
                        table != null
                                ? table.with(Optional.empty(), true, false, table.unreadable())
                                : unreadable(
                                        name,
                                        failures.getOrDefault(name, "the statement makes a table of another name")));
            }
        });
        return tables;
    }

    private void make(TableDeclaration declaration) throws SQLException {
        snapshot.attempt(() -> {
            snapshot.run(
                    SessionSettings.searchPathFor(declaration.name().schema()).sql());
            snapshot.run(declaration.create().orElseThrow().sql());
            snapshot.run(SessionSettings.SEARCH_PATH.sql());
        });
    }

    private CatalogTable unreadable(TableName name, String why) {
        Likeness likeness = new Likeness(
                user,
                List.of(),
                List.of(),
                Likeness.RowSecurity.OFF,
                List.of(),
                new Likeness.ReplicaIdentity.PrimaryKey(),
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new CatalogTable(
                0,
                name,
                RelationKind.TABLE,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                likeness,
                List.of(),
                List.of(),
                -1,
                Optional.empty(),
                true,
                false,
                Fingerprint.ABSENT,
                Optional.of("create: " + why));
    }
}
