package dev.partita.cli;

import dev.partita.catalog.DatabaseClock;
import dev.partita.cli.connection.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command runs: its streams, its environment, its folder.
 *
 * @param out for answers
 * @param err for problems and progress
 * @param surroundings the environment
 * @param folder against which relative paths are resolved
 * @param terminal whether a person looks at the output right now
 * @param clock the server's; only tests have another
 */
record Console(
        PrintStream out,
        PrintStream err,
        Surroundings surroundings,
        Path folder,
        boolean terminal,
        DatabaseClock clock) {

    private static final int USUAL_WIDTH = 100;

    /** The console of the running process; what is written is UTF-8, whatever the locale says. */
    static Console ofThisProcess() {
        return new Console(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                Surroundings.ofThisProcess(),
                Path.of(""),
                isTerminal(System.console()),
                DatabaseClock.server());
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }

    /** From Java 22 on there is a console even where there is no terminal, and only it knows. */
    private static boolean isTerminal(java.io.@org.jspecify.annotations.Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    Map<String, String> variables() {
        return surroundings.variables();
    }

    /** The path as seen from here. */
    Path path(Path given) {
        return folder.resolve(given);
    }

    /** The columns that {@code COLUMNS} tells. */
    int width() {
        try {
            return Integer.parseInt(variables().getOrDefault("COLUMNS", "").strip());
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }
}
