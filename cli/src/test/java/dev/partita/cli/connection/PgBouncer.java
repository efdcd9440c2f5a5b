package dev.partita.cli.connection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A PgBouncer of the machine's own package, in transaction mode and with one server connection for all. */
final class PgBouncer implements AutoCloseable {

    private final Path folder;
    private final Process process;
    private final int port;

    /** In front of the database {@code postgres}, which it calls {@code shop}. */
    PgBouncer(Path program, int serverPort, String serverUser, String... options) {
        this(program, serverPort, "postgres", serverUser, options);
    }

    /** @param options further lines of the section {@code pgbouncer} */
    PgBouncer(Path program, int serverPort, String database, String serverUser, String[] options) {
        try {
            folder = Files.createTempDirectory("partita-pgbouncer-");
            port = freePort();
            Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                    [databases]
                    shop = host=127.0.0.1 port=%d dbname=%s user=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = any
                    pool_mode = transaction
                    default_pool_size = 1
                    server_tls_sslmode = disable
                    %s
                    """.formatted(
                            serverPort, database, serverUser, port, String.join("\n", options)));
            List<String> words = new ArrayList<>(List.of(program.toString()));
            if (System.getProperty("user.name").equals("root")) {
                words.addAll(List.of("-u", "nobody"));
            }
            words.add(configuration.toString());
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(folder.resolve("log").toFile()))
                    .start();
            awaitListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program, where the machine has it. */
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("PgBouncer does not start: " + Files.readString(folder.resolve("log")), e);
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        for (String name : List.of("pgbouncer.ini", "log")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
