package dev.partita.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as Markdown, and the page on which they stand between two markers. */
final class Page {

    private static final String BEGIN = "<!-- figures of the last run, written by benchmarks/run -->";
    private static final String END = "<!-- end of the figures -->";

    private Page() {}

    /**
     * Both tables.
     *
     * @param machine what the figures depend on, as {@code name|value}
     */
    static String of(List<String> machine, List<Figure> figures) {
        String about = Stream.concat(
                        machine.stream(),
                        Stream.of(
                                "Java|" + System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                                "day|" + LocalDate.now(ZoneOffset.UTC)))
                .map(line -> "| " + line.replace("|", " | ") + " |")
                .collect(Collectors.joining("\n", "| | |\n|---|---|\n", "\n"));
        String table = figures.stream()
                .map(figure -> Stream.of(figure.what(), figure.partita(), figure.rival(), figure.ratio(), figure.bar())
                        .collect(Collectors.joining(" | ", "| ", " |")))
                .collect(Collectors.joining(
                        "\n", "| | partita | pg_partman | ratio | bar |\n|---|--:|--:|--:|--:|\n", "\n"));
        return about + "\n" + table;
    }

    static void paste(String figures, Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(page + " has no place for the figures");
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + "\n" + figures + text.substring(end));
    }
}
