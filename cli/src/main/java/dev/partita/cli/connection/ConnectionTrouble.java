package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Puts a failure to connect into words.
 *
 * <p>It goes by SQLSTATE and by the types of the causes, because sentences come in the language of the server.
 */
public final class ConnectionTrouble {

    private static final String FILE_HINT = "a line for it in ~/.pgpass reads host:port:database:user:password";
    private static final String OTHER_SOURCES = "or name a source: --password-file, --password-command, PGPASSWORD";

    private final Target target;
    private final SQLException failure;
    private final String said;

    private ConnectionTrouble(Target target, SQLException failure) {
        this.target = target;
        this.failure = failure;
        this.said = printable(failure.getMessage());
    }

    /**
     * The failure as a coded problem, with the driver's exception as its cause.
     *
     * @param target what was to be reached
     * @param failure what was thrown when a connection was opened, or when one was lost
     */
    public static PartitaException of(Target target, SQLException failure) {
        return new PartitaException(new ConnectionTrouble(target, failure).problem(), failure);
    }

    private Problem problem() {
        if (caused(SSLException.class) || caused(CertificateException.class)) {
            return untrusted();
        }
        @Nullable String state = failure.getSQLState();
        return switch (state == null ? "" : state) {
            case "28P01" -> passwordRejected();
            case "28000", "42501" -> notAllowed();
            case "3D000" -> databaseUnknown();
            case "53300" -> full();
            case "57P03", "55000" -> notReady();
            case "57P01", "57P02", "57P05" -> lost();
            case "08004" -> loginImpossible();
            case "08006" -> brokenOff();
            case "08001" -> noneFits() ? unsuitable() : unreachable();
            default -> unreachable();
        };
    }

    private Problem passwordRejected() {
        return refusal(
                ProblemCode.LOGIN_REFUSED,
                "the server does not accept the password of " + target.user() + ", which came from "
                        + target.passwords().name(),
                "correct it there; of ~/.pgpass the first line that fits counts",
                OTHER_SOURCES);
    }

    private Problem notAllowed() {
        return refusal(
                ProblemCode.LOGIN_REFUSED,
                "the server does not let " + target.user() + " in: " + said,
                "check that the role exists, may LOGIN and has CONNECT on the database",
                "check that a line of the server's pg_hba.conf fits the database, the role and this machine",
                "where that line is hostssl: ask for TLS with sslmode=verify-full, or at least sslmode=require");
    }

    private Problem databaseUnknown() {
        return refusal(
                ProblemCode.DATABASE_UNKNOWN,
                "the server has no database of this name",
                "name another: postgresql://…/DATABASE, dbname=DATABASE or PGDATABASE; without any it is called as the"
                        + " role",
                "or create it");
    }

    private Problem full() {
        return refusal(
                ProblemCode.TOO_MANY_CONNECTIONS,
                "the server has no connection left: " + said,
                "try again when others have ended",
                "raise max_connections, or the CONNECTION LIMIT of the role or the database",
                "or let the application go through a pooler");
    }

    private Problem notReady() {
        return refusal(
                ProblemCode.SERVER_NOT_READY,
                "the server takes no connections at the moment: " + said,
                "wait until it has started or recovered, then try again");
    }

    private Problem lost() {
        return refusal(
                ProblemCode.DATABASE_UNREACHABLE,
                "the server ended the connection: " + said,
                "try again; what was done is kept, and the next run goes on from there");
    }

    /** The driver's own refusal: no TLS on the other side, no password on this one, or an unknown kind of login. */
    private Problem loginImpossible() {
        if (target.tls().required() && said.contains("SSL")) {
            return refusal(
                    ProblemCode.TLS_FAILED,
                    "the server does not offer TLS, and sslmode=" + target.tls().mode() + " requires it",
                    "let the server offer it: ssl = on, with a certificate",
                    "on a network that you trust, say so: sslmode=disable in the URL, or PGSSLMODE=disable");
        }
        if (target.lacksPassword()) {
            return refusal(
                    ProblemCode.LOGIN_REFUSED,
                    "the server asks for a password, and there is none for " + target.user(),
                    FILE_HINT,
                    OTHER_SOURCES);
        }
        return refusal(
                ProblemCode.LOGIN_REFUSED,
                "the server asks for a login that cannot be given: " + said,
                "let pg_hba.conf ask for scram-sha-256",
                "or ask for less here, where require_auth or channel_binding is set");
    }

    private Problem brokenOff() {
        boolean trust = failure.getCause() == null || caused(FileNotFoundException.class) || !caused(IOException.class);
        return target.tls().required() && trust ? untrusted() : unreachable();
    }

    private Problem untrusted() {
        return refusal(
                ProblemCode.TLS_FAILED,
                "TLS with sslmode=" + target.tls().mode() + " fails: " + detail(),
                "name the authority that signed the server's certificate: sslrootcert=FILE, or put it into"
                        + " ~/.postgresql/root.crt; sslrootcert=system takes the public ones",
                "connect by the name that stands in the certificate",
                "to encrypt without knowing to whom: sslmode=require");
    }

    private boolean noneFits() {
        // The only failure of its kind without a cause that holds the property's name, in every language.
        return failure.getCause() == null && said.contains("targetServerType");
    }

    private Problem unsuitable() {
        return refusal(
                ProblemCode.NO_SUITABLE_SERVER,
                "none of the servers that answer is what is asked for (target_session_attrs): a primary, unless another"
                        + " kind is given",
                "name the primary, or wait until one of them is promoted",
                "to look only: add target_session_attrs=any");
    }

    private Problem unreachable() {
        String why;
        if (caused(UnknownHostException.class)) {
            why = "its name is unknown: " + detail();
        } else if (caused(SocketTimeoutException.class)) {
            why = "it does not answer in time";
        } else if (caused(ConnectException.class)) {
            why = "nothing accepts the connection there: " + detail();
        } else if (failure.getCause() == null) {
            why = said;
        } else {
            why = said + " (" + detail() + ")";
        }
        return refusal(
                ProblemCode.DATABASE_UNREACHABLE,
                "the database cannot be reached: " + why,
                "check the host and the port, which are " + target.hostOrigin(),
                "check that the server runs, that its listen_addresses has the address, and that no firewall is between");
    }

    private Problem refusal(ProblemCode code, String message, String... waysOut) {
        return Problem.of(code, target.display(), message, waysOut);
    }

    private boolean caused(Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** What the innermost cause says. */
    private String detail() {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return printable(innermost.getMessage());
    }

    /** In one line, without characters that move a terminal's cursor or the direction of its text. */
    private static String printable(@Nullable String text) {
        return text == null
                ? "no reason given"
                : text.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
    }
}
