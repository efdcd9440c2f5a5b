package dev.partita.cases.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One story: a title, some words, and sections under headings {@code === word remark}.
 *
 * @param file where it is kept
 * @param introduction title and words
 * @param sections in the order in which they are told
 */
record Story(Path file, String introduction, List<Section> sections) {

    private static final Pattern HEADING = Pattern.compile("=== ([a-z-]+)(?: (.*))?");
    private static final Pattern MAJORS = Pattern.compile("(\\d\\d)-(\\d\\d)");

    Story {
        sections = List.copyOf(sections);
    }

    /** All stories below a folder, by path. */
    static List<Story> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".case"))
                    .sorted()
                    .map(Story::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Story read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Story parse(Path file, String text) {
        StringBuilder introduction = new StringBuilder();
        StringBuilder body = introduction;
        List<Section> sections = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                close(sections, body, introduction);
                body = new StringBuilder();
                String remark = heading.group(2) == null ? "" : heading.group(2).strip();
                sections.add(new Section(kind(file, heading.group(1)), remark, ""));
            } else {
                body.append(line).append('\n');
            }
        }
        close(sections, body, introduction);
        return new Story(file, introduction.toString().strip(), sections);
    }

    private static void close(List<Section> sections, StringBuilder body, StringBuilder introduction) {
        if (body != introduction) {
            int last = sections.size() - 1;
            sections.set(last, sections.get(last).withBody(body.toString().stripTrailing()));
        }
    }

    private static Section.Kind kind(Path file, String word) {
        try {
            return Section.Kind.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " has a heading that nobody knows: " + word, e);
        }
    }

    /** {@code shop/orders-by-month}. */
    String name() {
        String path = Objects.requireNonNull(file.getParent()).getFileName() + "/" + file.getFileName();
        return path.substring(0, path.length() - ".case".length());
    }

    String title() {
        return introduction.lines().findFirst().orElse(name());
    }

    boolean toldTo(int major) {
        return sections.stream()
                .filter(section -> section.kind() == Section.Kind.VERSIONS)
                .map(section -> MAJORS.matcher(section.body()))
                .filter(Matcher::find)
                .allMatch(majors ->
                        major >= Integer.parseInt(majors.group(1)) && major <= Integer.parseInt(majors.group(2)));
    }

    /** The story as this major should tell it. */
    Story of(int major) {
        return withSections(sections.stream()
                .map(section -> section.kind().expectation()
                        ? section.withBody(VersionedText.of(section.body(), major))
                        : section)
                .toList());
    }

    /** The story that tells each major what it should. */
    static Story merged(Story story, SortedMap<Integer, Story> byMajor) {
        List<Section> merged = new ArrayList<>();
        for (int i = 0; i < story.sections().size(); i++) {
            int place = i;
            SortedMap<Integer, String> bodies = new TreeMap<>();
            byMajor.forEach((major, seen) ->
                    bodies.put(major, seen.sections().get(place).body()));
            // Nobody has told this part to these majors yet.
            bodies.values().removeIf(String::isBlank);
            Section section = story.sections().get(place);
            merged.add(section.kind().expectation() ? section.withBody(VersionedText.merged(bodies)) : section);
        }
        return story.withSections(merged);
    }

    Story withSections(List<Section> others) {
        return new Story(file, introduction, others);
    }

    /** The whole file. */
    String text() {
        StringBuilder text = new StringBuilder(introduction).append('\n');
        for (Section section : sections) {
            text.append('\n').append(section);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name();
    }
}
