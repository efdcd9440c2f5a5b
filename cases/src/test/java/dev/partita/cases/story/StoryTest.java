package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.Fault;
import dev.partita.test.Majors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tells every story below {@code cases/} to every major.
 *
 * <p>{@code -Dpartita.cases=shop/} tells those whose name begins so (or with one of several, separated by commas), {@code -Dpartita.cases.rewrite=true} writes down what
 * was seen, {@code -Dpartita.cases.thorough=true} kills at every statement on every major; else one major, drawn by the story's
 * name, has that, two more are killed around commits, and the others not at all.
 */
@Execution(ExecutionMode.CONCURRENT)
class StoryTest {

    private static final Path FOLDER = Path.of("src/test/resources/cases");
    private static final boolean REWRITE = Boolean.getBoolean("partita.cases.rewrite");
    private static final Map<Story, SortedMap<Integer, Story>> SEEN = new ConcurrentHashMap<>();

    @TestFactory
    @Fault(91)
    Stream<DynamicNode> stories() {
        List<String> wanted = List.of(System.getProperty("partita.cases", "").split(","));
        return Story.below(FOLDER).stream()
                .filter(story -> wanted.stream().anyMatch(story.name()::startsWith))
                .map(story -> DynamicContainer.dynamicContainer(
                        story.name(),
                        story.file().toUri(),
                        Majors.selected().stream()
                                .filter(story::toldTo)
                                .map(major -> DynamicTest.dynamicTest(
                                        story.name() + " on PostgreSQL " + major, () -> tell(story, major)))));
    }

    private static void tell(Story story, int major) {
        Story expected = story.of(major);
        Story seen = new Teller(expected, major).tell();
        if (REWRITE) {
            SEEN.computeIfAbsent(story, key -> new TreeMap<>());
            SEEN.compute(story, (key, byMajor) -> with(byMajor, major, seen));
        } else {
            assertThat(seen.text()).isEqualTo(expected.text());
        }
    }

    private static SortedMap<Integer, Story> with(
            @org.jspecify.annotations.Nullable SortedMap<Integer, Story> byMajor, int major, Story seen) {
        SortedMap<Integer, Story> more = byMajor == null ? new TreeMap<>() : new TreeMap<>(byMajor);
        more.put(major, seen);
        return more;
    }

    /** Majors that were not asked keep what was expected of them. */
    @AfterAll
    static void rewrite() {
        SEEN.forEach((story, seen) -> {
            SortedMap<Integer, Story> all = new TreeMap<>();
            List.of(14, 15, 16, 17, 18).stream()
                    .filter(story::toldTo)
                    .forEach(major -> all.put(major, story.of(major)));
            all.putAll(seen);
            try {
                Files.writeString(story.file(), Story.merged(story, all).text());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
