package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;

/**
 * How the connection is encrypted, and what is checked of the server.
 *
 * @param mode libpq's sslmode
 * @param publicAuthorities whether the certificate authorities of the Java runtime are trusted, instead of a file's
 */
record Tls(String mode, boolean publicAuthorities) {

    private static final String STRICT = "verify-full";

    /** What libpq calls the certificate authorities that the machine trusts anyway. */
    private static final String SYSTEM = "system";

    /**
     * What was asked for; when nothing was, everything is verified, except on this machine.
     *
     * @throws PartitaException when what was asked for does not go together
     */
    static Tls of(Settings settings, List<Host> hosts, Surroundings surroundings) {
        boolean local = hosts.stream().allMatch(Host::local);
        String mode = settings.value(Setting.TLS_MODE).orElse(local ? "prefer" : STRICT);
        boolean system = settings.value(Setting.TLS_ROOT).filter(SYSTEM::equals).isPresent();
        boolean none = settings.value(Setting.TLS_ROOT).isEmpty() && !Files.exists(surroundings.rootCertificates());
        if (system && !mode.equals(STRICT)) {
            throw refused(
                    settings.origin(Setting.TLS_ROOT),
                    "sslrootcert=system goes with sslmode=verify-full only: anybody can get a certificate from a public"
                            + " authority, so the name in it has to be checked",
                    "add sslmode=verify-full");
        }
        boolean publicAuthorities = mode.equals(STRICT) && (system || none);
        if (publicAuthorities && settings.value(Setting.TLS_CERTIFICATE).isPresent()) {
            throw refused(
                    settings.origin(Setting.TLS_CERTIFICATE),
                    "a client certificate needs the authorities of the server named in a file",
                    "add sslrootcert=FILE with the authority that signed the server's certificate");
        }
        return new Tls(mode, publicAuthorities);
    }

    /** Whether a server without TLS is an error. */
    boolean required() {
        return !List.of("disable", "allow", "prefer").contains(mode);
    }

    void into(Properties properties, Settings settings, Surroundings surroundings) {
        properties.setProperty("sslmode", mode);
        if (publicAuthorities) {
            properties.remove("sslrootcert");
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else if (settings.value(Setting.TLS_ROOT).isEmpty() && Files.exists(surroundings.rootCertificates())) {
            properties.setProperty(
                    "sslrootcert", surroundings.rootCertificates().toString());
        }
    }

    private static PartitaException refused(String origin, String message, String wayOut) {
        return new PartitaException(Problem.of(ProblemCode.CONNECTION_SETTING_REFUSED, origin, message, wayOut));
    }
}
