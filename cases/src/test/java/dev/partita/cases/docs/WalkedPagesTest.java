package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.docs.Page.Block;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever follows a page from its first line to its last, on an empty database, gets what it shows.
 *
 * <p>A page that begins where a reader has tables already finds them in the folder of its name in {@code walks/}, as
 * {@code before.sql} and {@code partita.yml}. Behind the language of a block its info may say more: {@code sql anew} begins with an empty database again, {@code sql elsewhere} and
 * {@code console elsewhere} are for another place than this one, {@code console exits 3} ends with that code.
 */
@DisabledOnOs(OS.WINDOWS)
@OnPostgres
class WalkedPagesTest {

    private static final Path BEGINS = Path.of("src/test/walks");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("pages")
    void showsWhatAReaderGets(Page page, TestDatabase database) throws Exception {
        Path begin = begin(page);
        if (Files.exists(begin.resolve("before.sql"))) {
            database.execute(Files.readString(begin.resolve("before.sql")));
        }
        if (Files.exists(begin.resolve("partita.yml"))) {
            Files.copy(begin.resolve("partita.yml"), folder.resolve("partita.yml"));
        }
        Reader reader = Reader.in(folder, database);
        for (Block block : followed(page)) {
            try {
                reader.follow(block);
            } catch (IllegalStateException e) {
                throw new AssertionError(block + " fails", e);
            }
        }
    }

    static Stream<Page> pages() throws IOException {
        return Page.all().stream()
                .filter(page -> !page.path().equals(Path.of("README.md")))
                .filter(page -> followed(page).stream()
                        .anyMatch(block -> !block.language().equals("yaml")));
    }

    @Test
    void nothingIsPreparedForAPageThatIsNotThere() throws IOException {
        try (Stream<Path> prepared = Files.list(BEGINS)) {
            assertThat(prepared).isSubsetOf(pages().map(WalkedPagesTest::begin).toList());
        }
    }

    private static Path begin(Page page) {
        return BEGINS.resolve(page.path().getFileName().toString().replace(".md", ""));
    }

    private static List<Block> followed(Page page) {
        return page.blocks().stream()
                .filter(block -> Reader.languages().contains(block.language()))
                .filter(block ->
                        !block.info().endsWith(" elsewhere") && !block.info().equals("yaml kubernetes"))
                .toList();
    }
}
