package dev.partita.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partita.problem.PartitaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every declaration that the documentation shows can be read, and the page of the file knows every key. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/reference/partita-yml.md");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- mistakes: (\\d+) -->\\n)?```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern IS_A_DECLARATION = Pattern.compile("(?m)^(tables|defaults):");

    static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void declarationsCanBeRead(Path page) throws IOException {
        for (MatchResult block : blocks(page)) {
            String yaml = block.group(2);
            if (block.group(1) != null) {
                PartitaException thrown =
                        catchThrowableOfType(PartitaException.class, () -> PartitaFile.read("partita.yml", yaml));
                assertThat(thrown).as(yaml).isNotNull();
                assertThat(thrown.problems()).hasSize(Integer.parseInt(block.group(1)));
            } else if (page.equals(PAGE) || IS_A_DECLARATION.matcher(yaml).find()) {
                assertThatCode(() -> PartitaFile.read("partita.yml", yaml))
                        .as(yaml)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void thePageOfTheFileShowsItsMistakesAsTheyAreTold() throws IOException {
        String page = Files.readString(PAGE);
        MatchResult mistakes = blocks(PAGE).stream()
                .filter(block -> block.group(1) != null)
                .findFirst()
                .orElseThrow();
        PartitaException thrown =
                catchThrowableOfType(PartitaException.class, () -> PartitaFile.read("partita.yml", mistakes.group(2)));
        assertThat(page).contains(thrown.problems().get(0).toString());
    }

    private static List<MatchResult> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page)).results().toList();
    }

    @Test
    void thePageOfTheFileKnowsEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        for (Set<String> section :
                List.of(Keys.FILE, Keys.TABLE, Keys.DEFAULT, Keys.ENCODING, Keys.SNOWFLAKE, Keys.INDEX, Keys.STORAGE)) {
            assertThat(section)
                    .allSatisfy(key ->
                            assertThat(page).containsPattern("`[^`\\n]*\\b" + Pattern.quote(key) + "\\b[^`\\n]*`"));
        }
    }
}
