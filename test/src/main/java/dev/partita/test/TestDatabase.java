package dev.partita.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * A fresh database for one test, dropped when the test is over; a connection that the test has left open then fails it.
 *
 * <p>{@value #OWNER} is the role of the application: it may log in, create schemas, and create tables in {@code public}, and is
 * nothing more (no superuser, no CREATEROLE, no BYPASSRLS, not the owner of the database). Its sessions start with the
 * {@link #sessions() settings} that the test was given, which may be hostile; those of {@link #execute}, {@link #rows} and
 * {@link #superuser()} are always plain, with {@code TimeZone} UTC.
 */
public final class TestDatabase implements AutoCloseable {

    /** The role that owns the tables. */
    public static final String OWNER = "shop_owner";

    private final PostgresServer server;
    private final String name;
    private final SessionDefaults sessions;
    private final Deque<String> roles = new ArrayDeque<>();
    private final Map<Integer, Throwable> openedBy = new ConcurrentHashMap<>();

    private TestDatabase(PostgresServer server, String name, SessionDefaults sessions) {
        this.server = server;
        this.name = name;
        this.sessions = sessions;
    }

    static TestDatabase create(PostgresServer server, String name, SessionDefaults sessions) {
        maintain(
                server,
                DatabaseTemplate.copyTo(name, server.major()) + ";\n"
                        + "GRANT CREATE ON DATABASE " + name + " TO " + OWNER + ";\n"
                        + sessions.asDefaultsOf(OWNER, name));
        return new TestDatabase(server, name, sessions);
    }

    public PostgresServer server() {
        return server;
    }

    public String name() {
        return name;
    }

    /** What the sessions of {@value #OWNER} start with. */
    public SessionDefaults sessions() {
        return sessions;
    }

    /** A JDBC URL for this role, without a password, which nobody needs here. */
    public String url(String role) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name + "?user=" + role;
    }

    /** A JDBC URL for {@value #OWNER}. */
    public String url() {
        return url(OWNER);
    }

    /** The same as libpq's variables, for a command line: {@code PGHOST}, {@code PGPORT}, {@code PGDATABASE}, {@code PGUSER}. */
    public Map<String, String> environment() {
        return Map.of(
                "PGHOST", "127.0.0.1", "PGPORT", Integer.toString(server.port()), "PGDATABASE", name, "PGUSER", OWNER);
    }

    /** What to hand to partita: {@value #OWNER} with the application name {@code partita/test}, by which {@link LockSpy} knows it. */
    public DataSource partita() {
        return login(OWNER, "partita/test").beginningWith(sessions.afterLogin());
    }

    /** The application beside it: {@value #OWNER} with the application name {@code shop}. */
    public DataSource owner() {
        return login(OWNER, "shop").beginningWith(sessions.afterLogin());
    }

    /** For set-up and for looking on, never for the code under test. */
    public DataSource superuser() {
        return login(PostgresServer.SUPERUSER, "test");
    }

    /** Connections of a role that may log in, with the application name {@code shop}. */
    public DataSource as(String role) {
        return role.equals(OWNER) ? owner() : login(role, "shop");
    }

    /** A connection of a role that may log in, with the application name {@code shop}. */
    public Connection connect(String role) throws SQLException {
        return as(role).getConnection();
    }

    /**
     * Creates a role that lives as long as this database: {@code createRole("reader", "LOGIN")}.
     *
     * @param options what follows {@code CREATE ROLE name} in SQL
     */
    public void createRole(String role, String options) {
        maintain(server, "CREATE ROLE " + role + " " + options);
        roles.push(role);
    }

    /**
     * Runs SQL as {@value #OWNER} and commits: one or more statements in each text, one after the other as psql does, so that
     * {@code CREATE INDEX CONCURRENTLY} has its place between others. Without {@code \} commands and COPY's inline data.
     */
    public void execute(String... sql) {
        run("SET SESSION AUTHORIZATION " + OWNER, sql);
    }

    /** Runs SQL like {@link #execute}, as the superuser. */
    public void executeAsSuperuser(String... sql) {
        run("", sql);
    }

    /** The rows of a query as the superuser sees them and {@code psql -At} prints them: {@code 1|orders}, null as nothing. */
    public List<String> rows(String query) {
        try (Script script = new Script(superuser().getConnection())) {
            return script.rows(query);
        } catch (SQLException e) {
            throw new IllegalStateException("failed on " + server + ": " + query, e);
        }
    }

    /** The one value of the one row of a query, as text; null as nothing. */
    public String value(String query) {
        List<String> rows = rows(query);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one: " + query);
        }
        return rows.get(0);
    }

    /** How many partitions a table has, not counting those below them. */
    public int partitions(String table) {
        return Integer.parseInt(value("SELECT count(*) FROM pg_inherits WHERE inhparent = '" + table + "'::regclass"));
    }

    /**
     * Drops the database and the roles made for it.
     *
     * @throws AssertionError if somebody is still connected; the message says who, and from where in the test
     */
    @Override
    public void close() {
        if (!server.running()) {
            return;
        }
        try {
            server.maintenance().run(this::drop);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop " + this, e);
        }
    }

    @Override
    public String toString() {
        return name + " on " + server + " (" + sessions + ")";
    }

    private void drop(Script maintenance) throws SQLException {
        List<OpenSession> leaked = OpenSession.lingeringIn(name, maintenance, Duration.ofSeconds(2));
        maintenance.run("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                + " WHERE NOT active AND database = '" + name + "'");
        maintenance.run("DROP DATABASE " + name + " WITH (FORCE)");
        for (String role : roles) {
            maintenance.run("DROP ROLE " + role);
        }
        if (!leaked.isEmpty()) {
            throw OpenSession.leak(leaked, openedBy);
        }
    }

    private Login login(String role, String applicationName) {
        return Login.of(server, name, role, applicationName).showing(this::remember);
    }

    private void remember(Connection connection) {
        try {
            openedBy.put(
                    connection.unwrap(PGConnection.class).getBackendPID(),
                    new Throwable("the connection was opened here"));
        } catch (SQLException e) {
            throw new IllegalStateException("a fresh connection must know its backend", e);
        }
    }

    private void run(String first, String... sql) {
        String statement = first;
        try (Script script = new Script(superuser().getConnection())) {
            script.run(first);
            for (String each : sql) {
                statement = each;
                script.run(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("failed on " + server + ": " + statement, e);
        }
    }

    private static void maintain(PostgresServer server, String sql) {
        try {
            server.maintenance().run(session -> session.run(sql));
        } catch (SQLException e) {
            throw new IllegalStateException("failed on " + server + ": " + sql, e);
        }
    }
}
