package dev.partita.cli.demo;

import java.io.PrintStream;
import java.nio.file.Path;

/** Where commands are typed. The demo types what a person would type and shows what comes back. */
@FunctionalInterface
public interface Prompt {

    /**
     * Runs one command of partita to its end.
     *
     * @param out takes its answer
     * @param err takes its problems and progress
     * @param folder where it is typed; holds {@code partita.yml}
     * @param width columns that the answer may take
     * @param words what is typed behind {@code partita}
     * @return its exit code
     */
    int run(PrintStream out, PrintStream err, Path folder, int width, String... words);
}
