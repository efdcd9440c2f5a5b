package dev.partita.execution;

import dev.partita.catalog.PinnedTransaction;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.sql.Template;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Partita's own schema: the lease, the journal, a memory and migrations, and nothing that plain maintenance could not do without.
 *
 * <p>Its version stands in the schema's comment, which needs no privilege to be read.
 */
public final class StateSchema {

    /** The version that this partita makes and needs. */
    public static final int VERSION = 4;

    /** The first version that has a {@link Journal}. */
    static final int WITH_JOURNAL = 2;

    private static final int MIGRATIONS = 3;

    /** The first version that knows all of migrations that this partita needs. */
    public static final int WITH_MIGRATIONS = 4;

    private static final Identifier SCHEMA = Identifier.of("partita");
    private static final Identifier OWNER = Identifier.of("partita_owner");
    private static final Identifier RUNNER = Identifier.of("partita_runner");
    private static final Identifier VIEWER = Identifier.of("partita_viewer");

    private StateSchema() {}

    /**
     * Makes the schema, for the connected role or, if there is one and it may act for it, for {@code partita_owner}; brings an
     * older one up to date, with the rights of its owner, and keeps what is in it.
     *
     * @param connection outside of a transaction
     * @return the version that was there before, if any
     * @throws PartitaException if it is there in this version or a newer one, or something else is called so
     */
    public static Optional<Integer> install(Connection connection) throws SQLException {
        Optional<Integer> installed = version(connection);
        if (installed.isPresent() && installed.get() >= VERSION) {
            throw unfit(
                    "the state schema is installed already, in version " + installed.get(),
                    installed.get() == VERSION ? "nothing has to be done" : "use the newer partita that made it");
        }
        boolean there = ask(connection, "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'partita')");
        if (installed.isEmpty() && there) {
            throw unfit(
                    "there is a schema partita that is not ours",
                    "rename it, or go on without: plain maintenance needs no state");
        }
        boolean ownRole = ask(
                connection,
                there
                        ? "SELECT pg_get_userbyid(nspowner) = 'partita_owner' FROM pg_namespace WHERE nspname = 'partita'"
                        : "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'partita_owner' "
                                + "AND pg_has_role(oid, 'MEMBER'))");
        inTransaction(connection, there ? upgrade(installed.orElseThrow(), ownRole) : schema(ownRole));
        return installed;
    }

    /**
     * Removes the schema and what we made in it.
     *
     * @param connection outside of a transaction
     * @throws SQLException also if somebody else has put something into the schema, which then stays
     */
    public static void uninstall(Connection connection) throws SQLException {
        if (version(connection).isEmpty()) {
            throw unfit("the state schema is not installed", "nothing has to be done");
        }
        inTransaction(connection, removal());
    }

    /** The version that is installed, if any. */
    public static Optional<Integer> version(Connection connection) throws SQLException {
        try (PinnedTransaction transaction = begin(connection);
                ResultSet result = transaction
                        .statement()
                        .executeQuery(
                                "SELECT substring(obj_description(oid, 'pg_namespace'), "
                                        + "'^partita state schema, version ([0-9]{1,6})')::int FROM pg_namespace WHERE nspname = 'partita'")) {
            return result.next() ? Optional.ofNullable(result.getObject(1, Integer.class)) : Optional.empty();
        }
    }

    private static PinnedTransaction begin(Connection connection) throws SQLException {
        return PinnedTransaction.begin(connection, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * Everything a DBA has to run once, roles included: no role is superuser, none may create roles or pass row security.
     *
     * @param owners the roles that own managed tables; the runner may act for them and for nobody else
     * @param major the server's version; from 16 on membership can be given without inheritance
     */
    public static String script(Collection<Identifier> owners, int major) {
        StringBuilder script = new StringBuilder();
        script.append("""
                -- Run once, as a role that may create roles and schemas in this database.
                -- partita_owner owns the state and can do nothing else; nobody logs in as it.
                CREATE ROLE partita_owner NOLOGIN NOINHERIT;
                -- partita_runner is who the command line and the daemon log in as; give it a password with \\password.
                CREATE ROLE partita_runner LOGIN NOINHERIT;
                -- partita_viewer may look.
                CREATE ROLE partita_viewer LOGIN;
                """);
        String how = major >= 16 ? " WITH INHERIT FALSE, SET TRUE" : "";
        script.append(Sql.of("GRANT {} TO {}", OWNER, RUNNER)).append(how).append(";\n");
        script.append("-- Partitions are made with the rights of the tables' owners, and no more.\n");
        for (Identifier owner : new TreeSet<>(owners)) {
            script.append(Sql.of("GRANT {} TO {}", owner, RUNNER)).append(how).append(";\n");
        }
        if (owners.isEmpty()) {
            script.append("-- GRANT <owner of your tables> TO partita_runner")
                    .append(how)
                    .append(";\n");
        }
        script.append("BEGIN;\n").append(schema(true)).append(";\nCOMMIT;\n");
        return script.toString();
    }

    /** What takes everything of {@link #script} back. */
    public static String removalScript() {
        return "BEGIN;\n" + removal() + ";\nCOMMIT;\n" + """
                DROP OWNED BY partita_viewer, partita_runner, partita_owner;
                DROP ROLE partita_viewer;
                DROP ROLE partita_runner;
                DROP ROLE partita_owner;
                """;
    }

    /**
     * What a DBA has to run where an older version of {@link #script} was run.
     *
     * @param installed the version that is there
     */
    public static String upgradeScript(int installed) {
        return "-- Brings the state schema from version " + installed + " to version " + VERSION + ".\nBEGIN;\n"
                + upgrade(installed, true) + ";\nCOMMIT;\n";
    }

    private static String schema(boolean ownRole) {
        String made = ownRole
                ? Sql.of("CREATE SCHEMA {} AUTHORIZATION {};\nSET LOCAL ROLE {};\n", SCHEMA, OWNER, OWNER)
                        + Sql.of("GRANT USAGE ON SCHEMA {} TO {}, {};\n", SCHEMA, RUNNER, VIEWER)
                                .sql()
                : Sql.of("CREATE SCHEMA {};\n", SCHEMA).sql();
        return made + tables(0, ownRole);
    }

    private static String upgrade(int installed, boolean ownRole) {
        return (ownRole ? Sql.of("SET LOCAL ROLE {};\n", OWNER).sql() : "") + tables(installed, ownRole);
    }

    /** What each version added after the given one. */
    private static String tables(int installed, boolean ownRole) {
        List<String> statements = new ArrayList<>();
        for (int version = installed + 1; version <= VERSION; version++) {
            statements.add(Template.beside(StateSchema.class, "state-" + version + ".sql")
                    .filled()
                    .strip());
            if (ownRole) {
                statements.addAll(grants(version));
            }
        }
        return String.join(";\n", statements);
    }

    /** The journal is only ever added to, so its writer may not change what is written. */
    private static List<String> grants(int version) {
        return switch (version) {
            case 1 -> grants("SELECT, INSERT, UPDATE", "lease");
            case WITH_JOURNAL ->
                Stream.concat(
                                grants("SELECT, INSERT, UPDATE", "last_run").stream(),
                                grants("SELECT, INSERT", "journal").stream())
                        .toList();
            case MIGRATIONS ->
                Stream.concat(
                                grants("SELECT, INSERT, UPDATE", "migration").stream(),
                                grants("SELECT, INSERT, UPDATE, DELETE", "migration_chunk").stream())
                        .toList();
            default -> List.of();
        };
    }

    private static List<String> grants(String privileges, String table) {
        Identifier name = Identifier.of(table);
        return List.of(
                Sql.of("GRANT {} ON {}.{} TO {}", new Sql(privileges), SCHEMA, name, RUNNER)
                        .sql(),
                Sql.of("GRANT SELECT ON {}.{} TO {}", SCHEMA, name, VIEWER).sql());
    }

    private static String removal() {
        return """
                DROP TABLE IF EXISTS partita.migration_chunk;
                DROP TABLE IF EXISTS partita.migration;
                DROP TABLE IF EXISTS partita.last_run;
                DROP TABLE IF EXISTS partita.journal;
                DROP TABLE partita.lease;
                DROP SCHEMA partita RESTRICT""";
    }

    private static void inTransaction(Connection connection, String statements) throws SQLException {
        try (PinnedTransaction transaction = begin(connection)) {
            transaction.statement().execute(statements);
            transaction.commit();
        }
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (PinnedTransaction transaction = begin(connection);
                ResultSet result = transaction.statement().executeQuery(question)) {
            return result.next() && result.getBoolean(1);
        }
    }

    private static PartitaException unfit(String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.STATE_SCHEMA_UNFIT, "schema partita", message, wayOut));
    }
}
