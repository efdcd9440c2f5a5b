package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each problem has its page, and no page is without a problem. */
class ProblemPagesTest {

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void hasAPageThatBeginsWithItsNameAndTellsAWayOut(ProblemCode code) {
        Path path = Page.REPOSITORY.resolve(code.page());
        assertThat(path).exists();
        Page page = Page.of(path);
        assertThat(page.text()).startsWith("# " + code.name() + "\n");
        assertThat(page.text().toLowerCase(java.util.Locale.ROOT)).contains("way");
        assertThat(page.text().length())
                .as("a page says more than the code does")
                .isGreaterThan(150);
    }

    @Test
    void noPageIsWithoutItsProblem() throws Exception {
        List<String> pages =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::page).toList();
        try (Stream<Path> files = Files.list(Page.REPOSITORY.resolve("docs/reference/problems"))) {
            assertThat(files.map(
                            file -> Page.REPOSITORY.relativize(file).toString().replace('\\', '/')))
                    .filteredOn(name -> !name.endsWith("/README.md"))
                    .isSubsetOf(pages);
        }
    }
}
