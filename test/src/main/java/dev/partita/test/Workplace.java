package dev.partita.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where programs are unpacked, once for all runs, and where servers keep their data.
 *
 * <p>The data lies in memory where the machine has room for it: {@code CREATE DATABASE} writes some 300 files, which takes
 * 25 ms there, and 200 ms to 800 ms on the disk of a busy machine. The property {@code partita.test.dir} decides otherwise.
 */
final class Workplace {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM_FOR_SERVERS = 4L << 30;

    private Workplace() {}

    /**
     * A folder that is made once and serves all runs from then on. Processes that make it at the same time don't disturb one
     * another.
     *
     * @param proof a file in it, without which it counts as lost: some machines sweep their temporary files
     */
    static Path kept(String name, String proof, Consumer<Path> making) {
        Path kept = ofPrograms().resolve(name);
        if (Files.exists(kept.resolve(proof))) {
            return kept;
        }
        try {
            Path unfinished = Files.createTempDirectory(ofPrograms(), "unfinished-");
            making.accept(unfinished);
            if (!Files.exists(kept.resolve(proof))) {
                Command.of("rm", "-rf", kept.toString()).run();
                Files.move(unfinished, kept);
            }
            Command.of("rm", "-rf", unfinished.toString()).run();
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + kept, e);
        }
    }

    private static Path ofPrograms() {
        return mine(Path.of(wish().isEmpty() ? System.getProperty("java.io.tmpdir") : wish()));
    }

    static Path ofServers() {
        boolean inMemory =
                wish().isEmpty() && Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= ROOM_FOR_SERVERS;
        return inMemory ? mine(MEMORY) : ofPrograms();
    }

    private static String wish() {
        return System.getProperty("partita.test.dir", "");
    }

    /** A folder of this user's own: in a place open to all, somebody else might have laid programs into it. */
    private static Path mine(Path parent) {
        Path folder = parent.resolve("partita-test-" + System.getProperty("user.name"))
                .toAbsolutePath();
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "probe-", "");
            boolean mine = Account.uid(probe).equals(Account.uid(folder));
            Files.delete(probe);
            if (!mine) {
                throw new IllegalStateException(folder + " belongs to somebody else: set -Dpartita.test.dir");
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot work in " + folder + ": set -Dpartita.test.dir", e);
        }
    }
}
