package dev.partita.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderTest {

    /** A JVM that starts a server, says where, and waits to be killed. */
    static final class Victim {
        public static void main(String[] arguments) throws IOException {
            PostgresServer server = PostgresServer.shared(Integer.parseInt(arguments[0]));
            try (TestDatabase database = server.freshDatabase()) {
                System.out.println(database.value("SHOW data_directory"));
            }
            System.out.println(server.port());
            System.in.read();
        }
    }

    @OnPostgres
    void serverOfAKilledJvmStopsAndLeavesNothing(PostgresServer server) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dpartita.test.binaries=" + System.getProperty("partita.test.binaries", ""),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        Integer.toString(server.major()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = victim.inputReader()) {
            File data = new File(said.readLine());
            long postmaster = Long.parseLong(
                    Files.readAllLines(data.toPath().resolve("postmaster.pid")).get(0));
            said.readLine();
            assertThat(ProcessHandle.of(postmaster)).isPresent();

            victim.destroyForcibly();

            await(() -> !data.getParentFile().exists());
            await(() -> ProcessHandle.of(postmaster).isEmpty());
        }
    }

    @Test
    void folderThatLostBothJvmAndGuardIsRemovedByTheNextServer(@TempDir Path parent) throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path orphan = Files.createDirectory(parent.resolve("server-" + gone.pid() + "-1"));
        Files.createDirectory(orphan.resolve("data"));
        Path alive = Files.createDirectory(
                parent.resolve("server-" + ProcessHandle.current().pid() + "-1"));
        Path young = Files.createDirectory(parent.resolve("server-" + gone.pid() + "-2"));
        FileTime longAgo = FileTime.from(Instant.parse("2024-01-01T00:00:00Z"));
        Files.setLastModifiedTime(orphan, longAgo);
        Files.setLastModifiedTime(alive, longAgo);

        ServerFolder.below(parent).close();

        await(() -> !orphan.toFile().exists());
        assertThat(alive).exists();
        assertThat(young).exists();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
