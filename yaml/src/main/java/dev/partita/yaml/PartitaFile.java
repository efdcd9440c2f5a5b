package dev.partita.yaml;

import dev.partita.declaration.Declarations;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What {@code partita.yml} says.
 *
 * @param declarations the tables, in the order of the file; its {@code defaults} are worked in
 * @param database where they live, as a libpq or JDBC URL without a password; empty when the file leaves it open
 */
public record PartitaFile(Declarations declarations, Optional<String> database) {

    private static final Pattern PASSWORD = Pattern.compile("(?is).*(password\\s*=|://[^/?#@]*:[^/?#]*@).*");

    /** @throws PartitaException if the database's URL holds a password; the problem does not repeat it */
    public PartitaFile {
        database.ifPresent(PartitaFile::requireNoPassword);
    }

    static void requireNoPassword(String url) {
        if (PASSWORD.matcher(url).matches() || PASSWORD.matcher(decoded(url)).matches()) {
            throw new PartitaException(Problem.of(
                    ProblemCode.PASSWORD_IN_CONNECTION_STRING,
                    "database",
                    "a password does not belong into this file",
                    "take it out, and change it if others could read the file",
                    "use a password file, PGPASSWORD, or password-command instead"));
        }
    }

    private static String decoded(String url) {
        try {
            return URLDecoder.decode(url, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return url; // not percent-encoded, so it says what it says
        }
    }

    /**
     * Reads a file.
     *
     * @param path the file, UTF-8, YAML 1.2, at most 1 MiB
     * @throws PartitaException with every mistake in the file at once, each with its line and column
     */
    public static PartitaFile read(Path path) {
        return FileReader.read(path.toString(), Source.of(path));
    }

    /**
     * Reads the text of a file.
     *
     * @param name what to call it in problems
     * @param yaml the text
     * @throws PartitaException with every mistake in the text at once, each with its line and column
     */
    public static PartitaFile read(String name, String yaml) {
        return FileReader.read(name, Source.of(name, yaml));
    }

    /**
     * Reads the bytes of a file.
     *
     * @param name what to call it in problems
     * @param yaml the text in UTF-8
     * @throws PartitaException with every mistake in the text at once, each with its line and column
     */
    public static PartitaFile read(String name, byte[] yaml) {
        return FileReader.read(name, Source.of(name, yaml));
    }

    /** The file as text that reads to an equal value; what is usual is left out. */
    public String yaml() {
        return yaml(table -> List.of());
    }

    /**
     * The file as text that reads to an equal value; what is usual is left out.
     *
     * @param comments what to say above each table, a line each, without {@code #}
     */
    public String yaml(Function<TableName, List<String>> comments) {
        return new FileWriter(comments).write(this);
    }
}
