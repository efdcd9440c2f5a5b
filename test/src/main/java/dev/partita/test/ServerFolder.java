package dev.partita.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a running server, which is stopped and removed when this is closed or when the JVM ends, in whatever way.
 *
 * <p>A small shell beside the JVM waits for the end of a pipe that the JVM holds open. A closed folder, the end of the JVM,
 * Ctrl+C and {@code kill -9} all close that pipe, so there is one way out and no shutdown hook.
 */
final class ServerFolder implements AutoCloseable {

    private static final String STOP_AND_REMOVE = """
            trap '' INT TERM HUP QUIT
            read -r end_of_the_pipe
            lock="$1/data/postmaster.pid"
            kill -QUIT "$(head -n 1 "$lock" 2>/dev/null)" 2>/dev/null
            tries=0
            while [ -e "$lock" ] && [ $tries -lt 200 ]; do
              tries=$((tries + 1))
              sleep 0.02
            done
            rm -rf "$1"
            """;

    private final Path path;
    private final Process guard;

    private ServerFolder(Path path) {
        this.path = path;
        this.guard = guard(path);
    }

    static ServerFolder below(Path parent) {
        removeOrphans(parent);
        try {
            return new ServerFolder(Files.createTempDirectory(
                    parent, "server-" + ProcessHandle.current().pid() + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for a server in " + parent, e);
        }
    }

    Path path() {
        return path;
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("log");
    }

    @Override
    public void close() {
        endPipe(guard);
        Command.await(guard);
    }

    private static Process guard(Path folder) {
        try {
            return new ProcessBuilder("sh", "-c", STOP_AND_REMOVE, "guard", folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start sh", e);
        }
    }

    private static void endPipe(Process guard) {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the pipe to the guard of a server", e);
        }
    }

    /** Folders whose JVM and guard were killed together. The hour's patience is for folders shared between containers. */
    private static void removeOrphans(Path parent) {
        long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        try (Stream<Path> folders = Files.list(parent)) {
            for (Path folder : folders.toList()) {
                List<String> name = List.of(folder.getFileName().toString().split("-"));
                if (name.size() == 3
                        && name.get(0).equals("server")
                        && folder.toFile().lastModified() < anHourAgo
                        && ProcessHandle.of(Long.parseLong(name.get(1))).isEmpty()) {
                    endPipe(guard(folder));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for left-over servers in " + parent, e);
        }
    }
}
