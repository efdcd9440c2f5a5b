package dev.partita.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern NAME = Pattern.compile("server-(\\d+)-\\d+");

    private final Path path;
    private final Process guard;

    private ServerFolder(Path path) {
        this.path = path;
        this.guard = guard(path);
    }

    static ServerFolder below(Path parent) {
        try {
            Path path = Files.createTempDirectory(
                    parent, "server-" + ProcessHandle.current().pid() + "-");
            removeOrphansBeside(path);
            return new ServerFolder(path);
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

    /** Those whose JVM and guard were killed together. The hour's patience is for folders shared between containers. */
    private static void removeOrphansBeside(Path ours) throws IOException {
        long anHourAgo = ours.toFile().lastModified() - Duration.ofHours(1).toMillis();
        try (Stream<Path> folders = Files.list(ours.getParent())) {
            folders.filter(folder -> folder.toFile().lastModified() < anHourAgo)
                    .filter(ServerFolder::hasLostItsJvm)
                    .forEach(folder -> endPipe(guard(folder)));
        }
    }

    private static boolean hasLostItsJvm(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }
}
