package dev.partita.cli.connection;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The database that a command works on, and how to get there: everything but the password. Immutable.
 *
 * <p>Its text is a URL for people, {@code postgresql://shop@db:5432/shop}, without a secret.
 */
public final class Target {

    private final List<Host> hosts;
    private final String database;
    private final String user;
    private final Tls tls;
    private final Properties properties;
    private final PasswordSource passwords;
    private final String hostOrigin;

    private Target(
            List<Host> hosts,
            String hostOrigin,
            String database,
            String user,
            Tls tls,
            Properties properties,
            PasswordSource passwords) {
        this.hosts = hosts;
        this.hostOrigin = hostOrigin;
        this.database = database;
        this.user = user;
        this.tls = tls;
        this.properties = properties;
        this.passwords = passwords;
    }

    /**
     * Finds the target. Each setting is taken from the first that has it: the connection string (the argument, or else
     * {@code PARTITA_URL} or the file {@code PARTITA_URL_FILE}, or else {@code partita.yml}), the service that the
     * string or {@code PGSERVICE} names, the {@code PG*} variables, the defaults. Nothing is connected to, and no
     * password is read yet.
     *
     * @param options what was said
     * @param surroundings the environment of the process
     * @param errors takes the lines that a password command writes to its standard error
     * @throws PartitaException when what was said cannot be understood or is refused; no message holds a password
     */
    public static Target find(ConnectionOptions options, Surroundings surroundings, Consumer<String> errors) {
        Settings environment = Settings.of(surroundings);
        Settings string = string(options, surroundings);
        Settings said = string.or(environment);
        Settings service = said.value(Setting.SERVICE)
                .map(name -> ServiceFile.read(name, said.origin(Setting.SERVICE), surroundings))
                .orElse(Settings.NONE);
        Settings settings = string.or(service).or(environment);

        List<Host> hosts = Host.of(settings);
        String user = settings.value(Setting.USER).orElse(surroundings.user());
        String database = settings.value(Setting.DATABASE).orElse(user);
        Tls tls = Tls.of(settings, hosts, surroundings);
        return new Target(
                hosts,
                hostOrigin(settings),
                database,
                user,
                tls,
                properties(settings, hosts, tls, user, surroundings),
                passwords(options, surroundings, settings, hosts, database, user, errors));
    }

    private static String hostOrigin(Settings settings) {
        return settings.value(Setting.HOST).isPresent()
                ? "from " + settings.origin(Setting.HOST)
                : "the defaults, as none was given";
    }

    private static Settings string(ConnectionOptions options, Surroundings surroundings) {
        if (options.url() != null) {
            return ConnectionString.read(options.url(), "the connection argument");
        }
        Optional<String> variable = surroundings.variable("PARTITA_URL");
        Optional<String> file = surroundings.variable("PARTITA_URL_FILE");
        if (variable.isPresent() && file.isPresent()) {
            throw new PartitaException(Problem.of(
                    ProblemCode.CONNECTION_STRING_INVALID,
                    "PARTITA_URL",
                    "PARTITA_URL and PARTITA_URL_FILE are both set, and only one can be meant",
                    "unset one of them"));
        }
        if (variable.isPresent()) {
            return ConnectionString.read(variable.get(), "PARTITA_URL");
        }
        if (file.isPresent()) {
            return ConnectionString.read(text(Path.of(file.get())), "the file of PARTITA_URL_FILE");
        }
        if (options.configuredUrl() != null) {
            return ConnectionString.read(options.configuredUrl(), "partita.yml");
        }
        return Settings.NONE;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new PartitaException(
                    Problem.of(
                            ProblemCode.CONNECTION_STRING_INVALID,
                            "PARTITA_URL_FILE",
                            "the file " + file + " cannot be read as UTF-8 text",
                            "name a readable file that holds the connection string"),
                    e);
        }
    }

    private static Properties properties(
            Settings settings, List<Host> hosts, Tls tls, String user, Surroundings surroundings) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "partita");
        int reach =
                settings.value(Setting.CONNECT_TIMEOUT).map(Integer::parseInt).orElse(10);
        properties.setProperty("connectTimeout", String.valueOf(reach));
        // A server that was reached may still be silent: the driver's connectTimeout does not cover the login.
        properties.setProperty("loginTimeout", String.valueOf(3 * reach * hosts.size()));
        properties.setProperty("socketTimeout", "0");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("targetServerType", hosts.size() > 1 ? "primary" : "any");
        for (Setting setting : Setting.values()) {
            if (setting.property != null) {
                String property = setting.property;
                settings.value(setting).ifPresent(value -> properties.setProperty(property, value));
            }
        }
        properties.setProperty("user", user);
        tls.into(properties, settings, surroundings);
        properties.setProperty("gssEncMode", "disable");
        // No named statements: behind a transaction pooler the next transaction may run on a server without them.
        properties.setProperty("prepareThreshold", "0");
        // Every server since 9.0 takes the application's name at the start; else the driver would SET it, in a
        // statement of its own that a pooler may hand to another server.
        properties.setProperty("assumeMinServerVersion", "10");
        return properties;
    }

    private static PasswordSource passwords(
            ConnectionOptions options,
            Surroundings surroundings,
            Settings settings,
            List<Host> hosts,
            String database,
            String user,
            Consumer<String> errors) {
        if (options.passwordFile() != null && options.passwordCommand() != null) {
            throw new PartitaException(Problem.of(
                    ProblemCode.CONNECTION_SETTING_REFUSED,
                    "--password-command",
                    "--password-file and --password-command are both given, and only one can be meant",
                    "leave one of them out"));
        }
        if (options.passwordCommand() != null) {
            return PasswordCommand.line(options.passwordCommand(), errors);
        }
        if (options.passwordFile() != null) {
            return new PasswordSource.OwnFile(options.passwordFile());
        }
        if (surroundings.variable("PGPASSWORD").isPresent()) {
            return new PasswordSource.Variable(surroundings);
        }
        Optional<Path> named = settings.value(Setting.PASSWORD_FILE).map(Path::of);
        Path file = named.orElseGet(surroundings::passwordFile);
        return named.isPresent() || Files.exists(file)
                ? new PasswordSource.LibpqFile(file, hosts, database, user)
                : new PasswordSource.Nowhere();
    }

    /** The servers, in the order in which they are tried; never empty. */
    public List<Host> hosts() {
        return hosts;
    }

    /** The name of the database, as the server knows it. */
    public String database() {
        return database;
    }

    /** The role that logs in. */
    public String user() {
        return user;
    }

    /** Where connections come from; each call makes a source of its own. */
    public TargetDataSource dataSource() {
        return new TargetDataSource(this, passwords);
    }

    Tls tls() {
        return tls;
    }

    PasswordSource passwords() {
        return passwords;
    }

    /** Whether no source has a password for this target. */
    boolean lacksPassword() {
        return passwords instanceof PasswordSource.Nowhere
                || (passwords instanceof PasswordSource.LibpqFile file
                        && file.read().isEmpty());
    }

    /** Where the first host came from, as the end of a sentence: "from PGHOST". */
    String hostOrigin() {
        return hostOrigin;
    }

    /** What the driver is told, without the password. */
    Properties properties() {
        return (Properties) properties.clone();
    }

    /** The address as the driver wants it. Nothing in it can mean more than it says: {@link Host} and the encoding see to it. */
    String jdbcUrl() {
        return "jdbc:postgresql://" + addresses() + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** The target as people write it, without a secret: {@code postgresql://shop@db:5432/shop}. */
    public String display() {
        return "postgresql://" + encoded(user) + "@" + addresses() + "/" + encoded(database);
    }

    private String addresses() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return display();
    }
}
