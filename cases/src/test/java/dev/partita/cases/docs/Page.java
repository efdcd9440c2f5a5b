package dev.partita.cases.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Markdown file of the repository.
 *
 * @param path where it lies, below the repository's root
 * @param text its text
 */
record Page(Path path, String text) {

    @Override
    public String toString() {
        return path.toString();
    }

    /** The root of the repository. */
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("^( *)```(.*)$");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    static Page of(Path path) {
        try {
            return new Page(REPOSITORY.relativize(path), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every page of the repository: those at its root, and those of the documentation. */
    static List<Page> all() throws IOException {
        try (Stream<Path> root = Files.list(REPOSITORY);
                Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::of)
                    .toList();
        }
    }

    /** The blocks of all pages that are written in a language. */
    static Stream<Block> blocks(String language) throws IOException {
        return all().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(block -> block.language().equals(language));
    }

    /** What a reader would click on, without links into the web. */
    List<String> links() {
        return LINK.matcher(withoutBlocks())
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    /** The names by which a link may jump into the page, as GitHub makes them of headings. */
    List<String> anchors() {
        return HEADING.matcher(withoutBlocks())
                .results()
                .map(heading -> heading.group(1)
                        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private String withoutBlocks() {
        List<Block> blocks = blocks();
        List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
        for (Block block : blocks) {
            long height = block.text().lines().count();
            for (int line = block.line(); line < block.line() + height; line++) {
                lines.set(line, "");
            }
        }
        return String.join("\n", lines);
    }

    /** What stands between fences, without the indentation of the list that it may stand in. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            Matcher fence = FENCE.matcher(lines.get(at));
            if (fence.matches()) {
                int end = at + 1;
                while (end < lines.size() && !lines.get(end).strip().equals("```")) {
                    end++;
                }
                int indent = fence.group(1).length();
                String body = lines.subList(at + 1, end).stream()
                        .map(line -> line.length() < indent ? line.strip() : line.substring(indent))
                        .collect(Collectors.joining("\n"));
                blocks.add(new Block(path, at + 1, fence.group(2).strip(), body));
                at = end;
            }
        }
        return blocks;
    }

    /** What is set in the typeface of code inside sentences and tables. */
    List<String> code() {
        return Pattern.compile("`([^`\\n]+)`")
                .matcher(withoutBlocks())
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }

    /**
     * A block that a reader may copy. The first word behind the fence is its language: {@code console} holds commands
     * behind a {@code $}, {@code java compiles} does what it says, {@code yaml} alone is a {@code partita.yml}.
     *
     * @param page where it stands
     * @param line the line of its fence, from 1
     * @param info what stands behind the fence
     * @param text what it holds
     */
    record Block(Path page, int line, String info, String text) {

        String language() {
            return info.split(" ", 2)[0];
        }

        /** The commands of a console, each with the lines that follow it. */
        List<Typed> typed() {
            List<Typed> typed = new ArrayList<>();
            text.replace("\\\n", " ").lines().forEach(line -> {
                if (line.startsWith("$ ")) {
                    typed.add(new Typed(line.substring(2).strip(), new ArrayList<>()));
                } else if (!typed.isEmpty()) {
                    typed.get(typed.size() - 1).shown().add(line);
                }
            });
            return typed;
        }

        /** The commands of a console, without the prompt; a line that ends with a backslash goes on. */
        List<String> commands() {
            return typed().stream().map(Typed::command).toList();
        }

        @Override
        public String toString() {
            return page + ":" + line;
        }

        /**
         * A command, and what a reader is to see after it.
         *
         * @param command without the prompt
         * @param shown the lines that follow it
         */
        record Typed(String command, List<String> shown) {}
    }
}
