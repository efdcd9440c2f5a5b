package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is true of the whole database. */
final class ServerFacts {

    private final Snapshot snapshot;
    private final PartmanTables partmanTables = new PartmanTables();
    private @Nullable Server server;

    private ServerFacts(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static ServerFacts read(Snapshot snapshot) throws SQLException {
        ServerFacts facts = new ServerFacts(snapshot);
        List<Identifier> partman = new ArrayList<>();
        snapshot.each(CatalogQuery.SERVER.sql(), row -> {
            facts.server = facts.server(row);
            row.nameIfAny("partman_schema").ifPresent(partman::add);
        });
        for (Identifier schema : partman) {
            facts.readPartman(schema);
        }
        return facts;
    }

    Server server() {
        return Objects.requireNonNull(server);
    }

    /** Whether pg_partman's automatic maintenance works on the table. */
    boolean managedByPartman(TableName name) {
        return partmanTables.contains(name);
    }

    private Server server(Row row) throws SQLException {
        List<String> system = new ArrayList<>();
        if (row.flag("may_identify")) {
            snapshot.each(CatalogQuery.SYSTEM.sql(), one -> system.add(one.text("system_identifier")));
        } else {
            system.add("oid-" + row.text("database_oid"));
        }
        return new Server(
                (int) row.number("version"),
                new DatabaseIdentity(system.get(0), row.text("database")),
                row.name("user"),
                row.flag("in_recovery"),
                Duration.ofMillis(row.number("deadlock_timeout_ms")),
                row.list("tablespaces", String.class).stream()
                        .filter(Objects::nonNull)
                        .map(Identifier::of)
                        .collect(Collectors.toUnmodifiableSet()),
                row.textIfAny("state_schema").map(Integer::valueOf));
    }

    /** Another version of pg_partman may keep its tables in another way; then none counts as managed. */
    private void readPartman(Identifier schema) throws SQLException {
        try {
            snapshot.attempt(() ->
                    snapshot.each(CatalogQuery.PARTMAN.in(schema), row -> partmanTables.add(row.text("parent_table"))));
        } catch (SQLException e) {
            partmanTables.clear();
        }
    }
}
