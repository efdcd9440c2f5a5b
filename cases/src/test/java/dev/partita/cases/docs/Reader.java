package dev.partita.cases.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.cases.docs.Page.Block;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who does what a page says, from top to bottom: writes its {@code yaml} into {@code partita.yml}, runs its {@code sql}
 * as the owner of the tables, and types its commands into a shell.
 */
final class Reader {

    private static final Pattern EXITS = Pattern.compile(".* exits (\\d+)$");
    private static final Pattern REFUSED = Pattern.compile("(?m)^-- (ERROR: .*)$");

    private final Path folder;
    private final TestDatabase database;

    private Reader(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
    }

    /** Sits down in an empty folder, with {@code partita} on the path and the variables set that {@code psql} knows. */
    static Reader in(Path folder, TestDatabase database) throws IOException {
        Path command = folder.resolve("bin/partita");
        Files.createDirectories(command.getParent());
        Files.writeString(
                command, """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' dev.partita.cli.Main "$@"
                """.formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
        assertThat(command.toFile().setExecutable(true)).isTrue();
        return new Reader(folder, database);
    }

    /** Does what a block says, and sees what it shows. */
    void follow(Block block) throws IOException, InterruptedException {
        switch (block.language()) {
            case "yaml" -> Files.writeString(folder.resolve("partita.yml"), block.text());
            case "sql" -> sql(block);
            case "sh" -> type(block.text(), 0);
            case "console" -> type(block);
            default -> throw new IllegalArgumentException(block.info());
        }
    }

    private void sql(Block block) {
        if (block.info().endsWith(" anew")) {
            database.execute("DROP OWNED BY " + TestDatabase.OWNER);
            database.executeAsSuperuser("GRANT CREATE ON SCHEMA public TO " + TestDatabase.OWNER);
        }
        Matcher refused = REFUSED.matcher(block.text());
        if (refused.find()) {
            assertThatThrownBy(() -> database.execute(block.text()))
                    .rootCause()
                    .hasMessageContaining(squeezed(refused.group(1)));
        } else {
            database.execute(block.text());
        }
    }

    private void type(Block block) throws IOException, InterruptedException {
        Matcher exits = EXITS.matcher(block.info());
        int code = exits.matches() ? Integer.parseInt(exits.group(1)) : 0;
        for (Block.Typed typed : block.typed()) {
            String printed = type(typed.command(), code);
            Iterator<String> lines = printed.lines().map(Reader::bare).iterator();
            for (String shown : typed.shown()) {
                String wanted = bare(shown);
                if (!wanted.isEmpty() && !wanted.equals("…")) {
                    assertThat(found(wanted, lines))
                            .as("%s shows, and partita does not print: %s%nprinted:%n%s", block, shown, printed)
                            .isTrue();
                }
            }
        }
    }

    private static boolean found(String wanted, Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (wanted.endsWith("…")
                    ? line.startsWith(wanted.substring(0, wanted.length() - 1))
                    : line.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** What it printed on both streams. */
    private String type(String command, int code) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("PARTITA"));
        builder.environment().putAll(database.environment());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(folder.resolve("printed"), UTF_8);
        assertThat(ended).as("%s ends%n%s", command, printed).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, printed).isEqualTo(code);
        return printed;
    }

    /** Without what another day, server or machine prints differently: numbers with their units, bars, widths. */
    private static String bare(String line) {
        return squeezed(line.replaceAll("postgresql://\\S+", "#")
                .replaceAll("^partita (\\S+|\\(not packaged\\)) ·", "partita # ·")
                .replaceAll("[█▉▊▋▌▍▎▏░]+", "")
                .replaceAll("[~0-9][0-9.,:TZ-]*( ?(ms|s|min|kB|MB|GB|k|M)\\b)?", "#"));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** The languages of the blocks that are followed. */
    static List<String> languages() {
        return List.of("yaml", "sql", "sh", "console");
    }
}
