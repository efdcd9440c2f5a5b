package dev.partita.cases.migration;

import dev.partita.cases.tap.Tap;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that goes for a goal and halts at a boundary, in a JVM of its own. */
final class Halting {

    private Halting() {}

    /** @param arguments a JDBC URL, the goal, and the boundary */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource partita = new PGSimpleDataSource();
        partita.setURL(arguments[0]);
        int at = Integer.parseInt(arguments[2]);
        AtomicInteger seen = new AtomicInteger();
        Goal.valueOf(arguments[1])
                .pursue(
                        Tap.on(partita, (boundary, statement, connection) -> {
                            if (seen.incrementAndGet() == at) {
                                Runtime.getRuntime().halt(HALTED);
                            }
                        }),
                        phase -> {});
    }

    /** The exit code of a process that was halted. */
    private static final int HALTED = 137;

    /** Whether it halted; else it came to its end. */
    static boolean at(int boundary, Goal goal, String url) throws IOException, InterruptedException {
        File printed = File.createTempFile("halting", ".txt");
        try {
            int code = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xshare:auto",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Halting.class.getName(),
                            url,
                            goal.name(),
                            Integer.toString(boundary))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(printed))
                    .start()
                    .waitFor();
            if (code != HALTED && code != 0) {
                throw new IllegalStateException(
                        "a process ended with " + code + ": " + java.nio.file.Files.readString(printed.toPath()));
            }
            return code == HALTED;
        } finally {
            if (!printed.delete()) {
                printed.deleteOnExit();
            }
        }
    }
}
