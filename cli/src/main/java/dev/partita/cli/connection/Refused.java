package dev.partita.cli.connection;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings of libpq and of the driver that partita knows and does not take, with the reason.
 *
 * <p>Only names that stand here are repeated in a message: an unknown one may be a piece of a password.
 */
final class Refused {

    private static final String CLASS = "it names a class for the driver to load";
    private static final String STATEMENTS = "it changes how statements run, which partita decides itself";
    private static final String SESSION = "partita pins the settings of its sessions itself";
    private static final String GSSAPI = "login and encryption by GSSAPI are not supported";
    private static final String TLS = "the driver cannot do it, and to ignore it would be less safe than you asked for";

    private static final Set<String> PASSWORDS = Set.of(
            "password",
            "passwd",
            "pwd",
            "pgpassword",
            "sslpassword",
            "oauth_client_secret",
            "scram_client_key",
            "scram_server_key");

    /** By name in lower case: nobody gains from a refusal that a capital letter escapes. */
    private static final Map<String, String> REASONS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        because(
                CLASS,
                "socketFactory",
                "socketFactoryArg",
                "sslfactory",
                "sslfactoryarg",
                "sslhostnameverifier",
                "sslpasswordcallback",
                "authenticationPluginClassName",
                "xmlFactoryFactory",
                "connectExecutor",
                "connectExecutorArg",
                "classLoaderStrategy",
                "sspiServiceClass");
        because("the driver would write its log to a place of its own", "loggerFile", "loggerLevel");
        because(
                STATEMENTS,
                "preferQueryMode",
                "autosave",
                "cleanupSavepoints",
                "prepareThreshold",
                "preparedStatementCacheQueries",
                "preparedStatementCacheSizeMiB",
                "defaultRowFetchSize",
                "adaptiveFetch",
                "reWriteBatchedInserts",
                "stringtype",
                "binaryTransfer",
                "readOnly",
                "readOnlyMode",
                "queryTimeout",
                "escapeSyntaxCallMode",
                "assumeMinServerVersion",
                "protocolVersion",
                "replication");
        because(
                SESSION,
                "options",
                "currentSchema",
                "client_encoding",
                "allowEncodingChanges",
                "fallback_application_name");
        because(GSSAPI, "gssencmode", "gsslib", "krbsrvname", "gssdelegation", "kerberosServerName", "jaasLogin");
        because(GSSAPI, "jaasApplicationName", "gssUseDefaultCreds", "useSpnego");
        because(
                TLS,
                "sslcrl",
                "sslcrldir",
                "requirepeer",
                "sslcertmode",
                "ssl_min_protocol_version",
                "ssl_max_protocol_version",
                "min_protocol_version",
                "max_protocol_version");
        because("sslmode says it more precisely", "ssl", "requiressl");
        because("give the address as the host", "hostaddr", "localSocketAddress");
        because("hosts are tried in the order given", "load_balance_hosts", "loadBalanceHosts", "hostRecheckSeconds");
        because(
                "use keepalives and connect_timeout",
                "tcp_user_timeout",
                "keepalives_idle",
                "keepalives_interval",
                "keepalives_count");
    }

    private Refused() {}

    private static void because(String reason, String... names) {
        for (String name : names) {
            REASONS.put(name, reason);
        }
    }

    static boolean password(String name) {
        return PASSWORDS.contains(name.strip().toLowerCase(Locale.ROOT));
    }

    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name));
    }

    /** Environment variables that change where psql goes or how safely, and that would be ignored here. */
    static final Map<String, String> VARIABLES = Map.of(
            "PGOPTIONS", SESSION + "; a setting for the role is ALTER ROLE … SET …",
            "PGHOSTADDR", "give the address as the host, in PGHOST",
            "PGREQUIRESSL", "PGSSLMODE=require says it today",
            "PGREQUIREPEER", TLS,
            "PGSSLCRL", TLS,
            "PGSSLCRLDIR", TLS,
            "PGSSLCERTMODE", TLS,
            "PGSSLMINPROTOCOLVERSION", TLS,
            "PGSSLMAXPROTOCOLVERSION", TLS);
}
