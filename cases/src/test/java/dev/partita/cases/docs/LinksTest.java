package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links between pages lead somewhere, and each page of the documentation can be reached. */
class LinksTest {

    @Test
    void everyLinkLeadsToAFileAndAHeadingOfIt() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            for (String link : page.links()) {
                String[] parts = link.split("#", 2);
                Path from = Page.REPOSITORY.resolve(page.path());
                Path target = parts[0].isEmpty()
                        ? from
                        : from.resolveSibling(parts[0]).normalize();
                if (!Files.exists(target)) {
                    broken.add(page.path() + ": " + link);
                } else if (parts.length == 2 && !Page.of(target).anchors().contains(parts[1])) {
                    broken.add(page.path() + ": " + link + " (no such heading)");
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPageOfTheDocumentationIsLinkedFromAnother() throws Exception {
        List<Page> pages = Page.all();
        List<Path> linked = new ArrayList<>();
        for (Page page : pages) {
            for (String link : page.links()) {
                Path from = Page.REPOSITORY.resolve(page.path());
                linked.add(Page.REPOSITORY.relativize(
                        from.resolveSibling(link.split("#", 2)[0]).normalize()));
            }
        }
        assertThat(pages)
                .extracting(Page::path)
                .filteredOn(path -> path.startsWith("docs"))
                .filteredOn(path -> !linked.contains(path))
                .isEmpty();
    }
}
