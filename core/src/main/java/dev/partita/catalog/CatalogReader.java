package dev.partita.catalog;

import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads the facts about declared tables in one snapshot, with the same few queries whatever their number. */
public final class CatalogReader {

    /**
     * The facts about these tables.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @throws SQLException when the server fails as a whole; a table that cannot be read is {@link
     *     CatalogTable#unreadable()} instead
     */
    public Catalog read(Connection connection, List<TableDeclaration> tables) throws SQLException {
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            Server server = server(snapshot);
            return new Catalog(
                    server,
                    TableFacts.read(
                            snapshot,
                            tables.stream().map(TableDeclaration::name).toList()),
                    Answers.NONE);
        }
    }

    /**
     * What a plan for the table would rest on right now.
     *
     * @param connection inside a transaction of the caller's or not; no setting matters
     * @param table the table's identity
     * @return {@link Fingerprint#ABSENT} if there is no such table
     */
    public Fingerprint fingerprint(Connection connection, long table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet result = statement.executeQuery(CatalogQuery.FINGERPRINT.about(List.of(table)))) {
                return result.next() ? new Fingerprint(result.getString("digest")) : Fingerprint.ABSENT;
            }
        }
    }

    /** Looks up what planning asked. */
    public Answers answer(Connection connection, Questions questions) throws SQLException {
        throw new UnsupportedOperationException();
    }

    private static Server server(Snapshot snapshot) throws SQLException {
        List<Server> servers = new ArrayList<>();
        snapshot.each(
                CatalogQuery.SERVER.sql(),
                row -> servers.add(new Server(
                        (int) row.number("version"),
                        new DatabaseIdentity(row.text("system_identifier"), row.text("database")),
                        row.name("user"),
                        row.flag("in_recovery"),
                        Duration.ofMillis(row.number("deadlock_timeout_ms")),
                        row.list("tablespaces", String.class).stream()
                                .filter(Objects::nonNull)
                                .map(Identifier::of)
                                .collect(Collectors.toUnmodifiableSet()),
                        row.textIfAny("state_schema").map(Integer::valueOf))));
        return servers.get(0);
    }
}
