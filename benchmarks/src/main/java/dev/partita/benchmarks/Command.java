package dev.partita.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command {@code partita} as people type it, measured from outside. */
final class Command {

    private final ProcessBuilder process;
    private final List<String> words;

    Command(Setting setting, Database database, String... arguments) {
        words = Stream.concat(Stream.of(setting.root().resolve("partita").toString()), Stream.of(arguments))
                .toList();
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(setting.work().resolve("command.log").toFile());
        process.environment().putAll(database.environment());
    }

    Command withHeap(int megabytes) {
        process.environment().put("PARTITA_JAVA_OPTIONS", "-Xmx" + megabytes + "m");
        return this;
    }

    /** How long each of so many runs took, after one that does not count. */
    List<Double> milliseconds(int runs) throws IOException, InterruptedException {
        once();
        List<Double> took = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            took.add(once());
        }
        return took;
    }

    private double once() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int exit = process.start().waitFor();
        double took = (System.nanoTime() - begin) / 1e6;
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + exit + ": "
                    + java.nio.file.Files.readString(
                            process.redirectOutput().file().toPath()));
        }
        return took;
    }
}
