package dev.partita.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page of faults against the tests that prove its lines, in all rooms. */
class FaultsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/design/faults.md");
    private static final Pattern LINE = Pattern.compile("\\| (\\d+) \\| .* \\| (.*) \\|");
    private static final Pattern ANNOTATION = Pattern.compile("@Fault\\(\\{?([\\d, ]+)}?\\)");
    private static final Pattern STORY = Pattern.compile("(?m)^Faults?: ([\\d, ]+)\\.?$");

    @Test
    void everyFaultHasAProofOrSaysWhyNot() throws IOException {
        SortedMap<Integer, SortedSet<String>> proofs = proofs();
        assertThat(page().entrySet())
                .filteredOn(line -> !line.getValue().startsWith("*not yet*"))
                .as("faults without a proof; what is proved: %s", proofs)
                .extracting(Map.Entry::getKey)
                .allSatisfy(number -> assertThat(proofs).containsKey(number));
    }

    @Test
    void everyProofHasALineOnThePageThatDoesNotDenyIt() throws IOException {
        SortedMap<Integer, String> page = page();
        assertThat(proofs().keySet()).allSatisfy(number -> {
            assertThat(page).containsKey(number);
            assertThat(page.get(number)).doesNotStartWith("*not yet*");
        });
    }

    private static SortedMap<Integer, String> page() throws IOException {
        SortedMap<Integer, String> page = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher fault = LINE.matcher(line);
            if (fault.matches()) {
                page.put(Integer.valueOf(fault.group(1)), fault.group(2));
            }
        }
        return page;
    }

    /** The names of the files by the numbers of the faults that they prove. */
    private static SortedMap<Integer, SortedSet<String>> proofs() throws IOException {
        SortedMap<Integer, SortedSet<String>> proofs = new TreeMap<>();
        for (Path room : rooms()) {
            try (Stream<Path> files = Files.walk(room.resolve("src/test"))) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> numbers(file)
                                .forEach(number -> proofs.computeIfAbsent(number, key -> new TreeSet<>())
                                        .add(String.valueOf(file.getFileName()))));
            }
        }
        return proofs;
    }

    private static Set<Path> rooms() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/test")))
                    .collect(Collectors.toSet());
        }
    }

    private static SortedSet<Integer> numbers(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".java") && !name.endsWith(".case")) {
            return new TreeSet<>();
        }
        try {
            Pattern mark = name.endsWith(".java") ? ANNOTATION : STORY;
            return mark.matcher(Files.readString(file))
                    .results()
                    .map((MatchResult match) -> match.group(1).split(", *"))
                    .flatMap(Stream::of)
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
