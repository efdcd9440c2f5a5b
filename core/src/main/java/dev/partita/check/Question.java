package dev.partita.check;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the server, in plain text and without parameters, so that nothing stays behind in a pooler. */
final class Question {

    /** Less than a day tells no rate. */
    private static final long LEAST_SECONDS = 86_400;

    private static final String ZONE_UNKNOWN = "22023";

    private final Connection connection;

    Question(Connection connection) {
        this.connection = connection;
    }

    /** Looks at a row. */
    @FunctionalInterface
    interface Visitor {
        void visit(ResultSet row) throws SQLException;
    }

    /** Where it is asked, for those who read the same elsewhere too. */
    Connection connection() {
        return connection;
    }

    void readOnly() throws SQLException {
        run("SET TRANSACTION READ ONLY");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    void each(String sql, Visitor visitor) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    visitor.visit(row);
                }
            }
        }
    }

    /**
     * Asks what may fail. Whether or not it does, the transaction stays usable, holds no further lock, and we are who we were.
     *
     * @param as with whose rights, if not with our own
     */
    void attempt(Optional<Identifier> as, String sql, Visitor visitor) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            if (as.isPresent()) {
                run(Sql.of("SET LOCAL ROLE {}", as.get()).sql());
            }
            each(sql, visitor);
        } finally {
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
    }

    Map<Long, Relation> relations(Collection<Long> oids) throws SQLException {
        Map<Long, Relation> relations = new HashMap<>();
        each(
                CheckQuery.RELATIONS.about(oids),
                row -> relations.put(
                        row.getLong("oid"), new Relation(row.getInt("indexes"), row.getDouble("reltuples"))));
        return relations;
    }

    Map<Long, Access> access(Collection<Long> oids) throws SQLException {
        Map<Long, Access> access = new HashMap<>();
        each(
                CheckQuery.READABLE.about(oids),
                row -> access.put(
                        row.getLong("oid"),
                        new Access(
                                row.getBoolean("readable"),
                                Optional.ofNullable(row.getString("owner")).map(Identifier::of))));
        return access;
    }

    ServerLimits limits() throws SQLException {
        List<ServerLimits> limits = new ArrayList<>();
        each(
                CheckQuery.SERVER.sql(),
                row -> limits.add(new ServerLimits(
                        row.getLong("locks_per_transaction"),
                        row.getLong("connections") + row.getLong("prepared_transactions"),
                        row.getLong("block_size"),
                        row.getLong("tables"))));
        return limits.get(0);
    }

    /** Who makes readers of a relation wait, by its identity. */
    Map<Long, String> holders(Collection<Long> oids) throws SQLException {
        Map<Long, String> holders = new HashMap<>();
        each(
                CheckQuery.HOLDERS.about(oids),
                row -> holders.put(row.getLong("relation"), String.valueOf(row.getString("sessions"))));
        return holders;
    }

    Optional<Double> insertsPerDay(Collection<Long> leaves) throws SQLException {
        List<Double> rates = new ArrayList<>();
        each(CheckQuery.INSERTS.about(leaves), row -> {
            if (row.getLong("seconds") >= LEAST_SECONDS) {
                rates.add(row.getLong("inserts") * (double) LEAST_SECONDS / row.getLong("seconds"));
            }
        });
        return rates.stream().findFirst();
    }

    /**
     * How far the clocks of a zone are ahead of UTC, by the server's rules.
     *
     * @return by instant; empty if the server does not know the zone
     */
    Map<Instant, ZoneOffset> offsets(ZoneId zone, Collection<Instant> instants) throws SQLException {
        Map<Instant, ZoneOffset> offsets = new HashMap<>();
        List<Long> seconds = instants.stream().map(Instant::getEpochSecond).toList();
        try {
            attempt(
                    Optional.empty(),
                    CheckQuery.OFFSETS.about(zone, seconds),
                    row -> offsets.put(
                            Instant.ofEpochSecond(row.getLong("instant")),
                            ZoneOffset.ofTotalSeconds(row.getInt("ahead"))));
        } catch (SQLException e) {
            if (!ZONE_UNKNOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
        return offsets;
    }

    RoleFacts role(Identifier role, Collection<Long> tables) throws SQLException {
        Map<Long, RoleFacts.OnTable> rights = new HashMap<>();
        List<Boolean> exists = new ArrayList<>();
        each(
                "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = " + new Literal(role.name()).sql() + ") AS exists",
                row -> exists.add(row.getBoolean("exists")));
        each(
                CheckQuery.ROLE.about(tables, role),
                row -> rights.put(
                        row.getLong("table"),
                        new RoleFacts.OnTable(
                                Identifier.of(row.getString("owner")),
                                Identifier.of(row.getString("schema")),
                                row.getBoolean("acts_for_owner"),
                                row.getBoolean("uses_schema"),
                                row.getBoolean("owner_creates"),
                                row.getBoolean("connects"),
                                texts(row, "not_referenced"))));
        return new RoleFacts(role, exists.contains(true), rights);
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object element : (Object[]) row.getArray(column).getArray()) {
            texts.add(String.valueOf(element));
        }
        return texts;
    }
}
