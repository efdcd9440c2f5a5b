package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that may be said about a connection; what is not here is refused, see {@link Refused}. */
enum Setting {
    HOST("host", "PGHOST", null, new Grammar.Text()),
    PORT("port", "PGPORT", null, new Grammar.Text()),
    DATABASE("dbname", "PGDATABASE", null, new Grammar.Name()),
    USER("user", "PGUSER", "user", new Grammar.Name()),
    APPLICATION_NAME("application_name", "PGAPPNAME", "ApplicationName", new Grammar.Text()),
    CONNECT_TIMEOUT("connect_timeout", "PGCONNECT_TIMEOUT", "connectTimeout", Words.seconds()),
    LOGIN_TIMEOUT(null, null, "loginTimeout", Words.seconds()),
    SOCKET_TIMEOUT(null, null, "socketTimeout", Words.seconds()),
    KEEP_ALIVE(
            "keepalives",
            null,
            "tcpKeepAlive",
            new Grammar.OneOf(Map.of("1", "true", "0", "false"), Words.same("true", "false"))),
    TLS_MODE(
            "sslmode",
            "PGSSLMODE",
            "sslmode",
            Words.in("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
    TLS_NEGOTIATION("sslnegotiation", "PGSSLNEGOTIATION", "sslNegotiation", Words.in("postgres", "direct")),
    TLS_ROOT("sslrootcert", "PGSSLROOTCERT", "sslrootcert", new Grammar.Text()),
    TLS_CERTIFICATE("sslcert", "PGSSLCERT", "sslcert", new Grammar.Text()),
    TLS_KEY("sslkey", "PGSSLKEY", "sslkey", new Grammar.Text()),
    CHANNEL_BINDING("channel_binding", "PGCHANNELBINDING", "channelBinding", Words.in("disable", "prefer", "require")),
    REQUIRED_LOGIN("require_auth", "PGREQUIREAUTH", "requireAuth", Words.logins()),
    SERVER_TYPE(
            "target_session_attrs",
            "PGTARGETSESSIONATTRS",
            "targetServerType",
            new Grammar.OneOf(
                    Map.of(
                            "any", "any",
                            "read-write", "primary",
                            "primary", "primary",
                            "read-only", "secondary",
                            "standby", "secondary",
                            "prefer-standby", "preferSecondary"),
                    Words.same("any", "primary", "secondary", "preferSecondary", "preferPrimary"))),
    PASSWORD_FILE("passfile", "PGPASSFILE", null, new Grammar.Text()),
    SERVICE("service", "PGSERVICE", null, new Grammar.Text());

    /** libpq's keyword, or null where libpq has none. */
    private final @Nullable String keyword;

    /** The environment variable, or null where there is none. */
    final @Nullable String variable;

    /** The driver's property; null for what is not handed to the driver as a property. */
    final @Nullable String property;

    private final Grammar grammar;

    Setting(@Nullable String keyword, @Nullable String variable, @Nullable String property, Grammar grammar) {
        this.keyword = keyword;
        this.variable = variable;
        this.property = property;
        this.grammar = grammar;
    }

    static Optional<Setting> named(Spelling spelling, String name) {
        return Arrays.stream(values())
                .filter(setting -> name.equals(setting.name(spelling)))
                .findFirst();
    }

    /** The names that a connection string of this spelling may hold, for a message. */
    static String names(Spelling spelling) {
        return Arrays.stream(values())
                .map(setting -> setting.name(spelling))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    @Nullable
    String name(Spelling spelling) {
        return spelling == Spelling.JDBC ? property : keyword;
    }

    /**
     * The value as the driver spells it.
     *
     * @throws PartitaException when it is not one; the message does not repeat it
     */
    String read(Spelling spelling, String value, String origin) {
        return grammar.read(spelling, value)
                .orElseThrow(() -> new PartitaException(Problem.of(
                        ProblemCode.CONNECTION_STRING_INVALID,
                        origin,
                        name(spelling) + " has a value that it cannot have",
                        "give " + grammar.expected(spelling))));
    }

    /** Grammars that several settings share. */
    private static final class Words {

        private static final String LOGIN = "!?(none|password|md5|gss|sspi|scram-sha-256)";

        /** Up to a day; the driver counts in milliseconds and would overflow far beyond. */
        static Grammar seconds() {
            return new Grammar.Matching(Pattern.compile("[0-9]{1,5}"), "whole seconds, 0 for no limit");
        }

        static Grammar logins() {
            return new Grammar.Matching(
                    Pattern.compile(LOGIN + "(," + LOGIN + ")*"),
                    "a list of none, password, md5, gss, sspi, scram-sha-256, all or none of them with a ! before");
        }

        static Grammar in(String... words) {
            return new Grammar.OneOf(same(words), same(words));
        }

        static Map<String, String> same(String... words) {
            return Arrays.stream(words).collect(Collectors.toMap(Function.identity(), Function.identity()));
        }
    }
}
