package dev.partita.cli.connection;

import dev.partita.catalog.Server;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.PGConnection;

/**
 * What is known about the server and the role once a connection stands.
 *
 * @param target what was connected to
 * @param version the server's version as a number, 180006 for 18.6
 * @param versionName the server's version as it says it
 * @param role the role whose rights hold
 * @param standby whether the server is a standby, which nobody can write to
 * @param readOnly whether transactions are read-only unless they say otherwise; always so on a standby
 * @param pooled whether something stands between us and the server that hands out its connections, as PgBouncer does
 * @param superuser whether the role, or the role that logged in, is a superuser
 * @param bypassesRowSecurity whether either of them has BYPASSRLS
 */
public record Connected(
        Target target,
        int version,
        String versionName,
        String role,
        boolean standby,
        boolean readOnly,
        boolean pooled,
        boolean superuser,
        boolean bypassesRowSecurity) {

    private static final String FACTS = facts();

    /**
     * Opens a connection, looks, and closes it.
     *
     * @throws PartitaException when the database cannot be reached, refuses the login, or is older than 14
     */
    public static Connected to(TargetDataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return over(connection, dataSource.target());
        } catch (SQLException e) {
            throw ConnectionTrouble.of(dataSource.target(), e);
        }
    }

    /** Looks over an open connection, in one statement that writes nothing. */
    static Connected over(Connection connection, Target target) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FACTS);
                ResultSet facts = statement.executeQuery()) {
            facts.next();
            int backend = connection.unwrap(PGConnection.class).getBackendPID();
            return new Connected(
                            target,
                            facts.getInt("version"),
                            facts.getString("version_name"),
                            facts.getString("role"),
                            facts.getBoolean("standby"),
                            facts.getBoolean("read_only"),
                            facts.getInt("backend") != backend,
                            facts.getBoolean("superuser"),
                            facts.getBoolean("bypasses_row_security"))
                    .requireSupported();
        }
    }

    Connected requireSupported() {
        if (major() < Server.OLDEST_MAJOR) {
            throw new PartitaException(Problem.of(
                    ProblemCode.SERVER_TOO_OLD,
                    target.display(),
                    "the server is PostgreSQL " + versionName + ", and partita works from " + Server.OLDEST_MAJOR
                            + " on",
                    "upgrade the server"));
        }
        return this;
    }

    /** The major version, 18 for 18.6. */
    public int major() {
        return version / 10_000;
    }

    /** What a person should know and what stops nothing; empty as a rule. */
    public List<Problem> notes() {
        List<Problem> notes = new ArrayList<>();
        if (major() > Server.NEWEST_MAJOR) {
            notes.add(note(
                    ProblemCode.SERVER_NEWER,
                    "the server is PostgreSQL " + versionName + ", newer than any that this version of partita was"
                            + " tested with (" + Server.NEWEST_MAJOR + ")",
                    "look for a newer partita"));
        }
        if (standby) {
            notes.add(note(
                    ProblemCode.SERVER_READ_ONLY,
                    "this is a standby: it can be looked at, and nothing can be changed",
                    "connect to the primary to change something"));
        }
        if (pooled) {
            notes.add(note(
                    ProblemCode.CONNECTION_POOLED,
                    "the connection goes through a pooler, so each transaction may run on another connection of the"
                            + " server; partita uses nothing that outlives a transaction",
                    "connect to the server itself where you can"));
        }
        if (superuser || bypassesRowSecurity) {
            notes.add(note(
                    ProblemCode.ROLE_TOO_POWERFUL,
                    role + " is connected with the rights of "
                            + (superuser ? "a superuser" : "a role that no row security stops")
                            + "; what the owner of a table planted in it would run with them",
                    "log in as a role that is a member of the owner of the tables and has no attribute but LOGIN"));
        }
        return notes;
    }

    /**
     * Goes on only where something can be changed.
     *
     * @throws PartitaException on a standby, and where transactions are read-only
     */
    public void requireWritable() {
        if (standby) {
            throw new PartitaException(note(
                    ProblemCode.SERVER_READ_ONLY,
                    "this is a standby, and nothing can be changed on it; nothing was",
                    "connect to the primary: name several hosts, host1,host2, and partita finds it"));
        }
        if (readOnly) {
            throw new PartitaException(note(
                    ProblemCode.SERVER_READ_ONLY,
                    "transactions of " + role + " are read-only here (default_transaction_read_only); nothing was"
                            + " changed",
                    "ALTER ROLE … IN DATABASE … SET default_transaction_read_only = off, or connect as another role"));
        }
    }

    /**
     * Goes on only where a session is ours from beginning to end.
     *
     * @param purpose what needs it, as the object of "is needed": "a session of its own for the lease"
     * @throws PartitaException behind a pooler
     */
    public void requireDirect(String purpose) {
        if (pooled) {
            throw new PartitaException(note(
                    ProblemCode.CONNECTION_POOLED,
                    purpose + " is needed, and the connection goes through a pooler that may hand each transaction to"
                            + " another connection of the server",
                    "connect to the server itself, past the pooler: its own host and port"));
        }
    }

    private Problem note(ProblemCode code, String message, String wayOut) {
        return Problem.of(code, target.display(), message, wayOut);
    }

    private static String facts() {
        try (InputStream sql = Connected.class.getResourceAsStream("connected.sql")) {
            return new String(Objects.requireNonNull(sql, "connected.sql").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
