package dev.partita.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.partita.cli.connection.Surroundings;
import dev.partita.test.TestDatabase;
import dev.partita.test.TestingClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Types commands in a folder, against a database, at an instant that the test sets. */
final class Typed {

    /** Now, unless a test says otherwise. */
    static final String NOW = "2026-11-22T12:00:00Z";

    private final Path folder;
    private final Map<String, String> variables;
    private final TestingClock clock = TestingClock.at(NOW);

    private Typed(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = new HashMap<>(variables);
    }

    static Typed in(Path folder, TestDatabase database) {
        return new Typed(folder, database.environment());
    }

    static Typed withoutDatabase(Path folder) {
        return new Typed(folder, Map.of());
    }

    Typed with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Typed at(String instant) {
        clock.set(instant);
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Writes a file into the folder, {@code partita.yml} as a rule. */
    Typed file(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process sees its folder as the empty path; a test has to help. */
    private String relative(String text) {
        return text.replace(folder + "/", "");
    }

    /** What came of it. */
    record Ran(int code, String out, String err) {

        /** Both streams and the code, as a golden file has them. */
        String all() {
            return out + (err.isEmpty() ? "" : "--- stderr\n" + err) + "--- exit " + code + "\n";
        }
    }

    Ran partita(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                new Surroundings(variables, folder, "tester"),
                folder,
                false,
                clock::now);
        int code = Main.run(console, words);
        return new Ran(code, relative(out.toString(UTF_8)), relative(err.toString(UTF_8)));
    }
}
