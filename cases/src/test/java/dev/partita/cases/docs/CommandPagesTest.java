package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each command has its page with each of its options, and no page is without a command. */
class CommandPagesTest {

    private static final Path PAGES = Page.REPOSITORY.resolve("docs/reference/commands");
    /** What several commands know stands on one page for all. */
    private static final Path COMMON = PAGES.resolve("common-options.md");

    @ParameterizedTest
    @MethodSource("commands")
    void hasAPageWithEachOfItsOptions(String name) {
        Path path = PAGES.resolve(name + ".md");
        assertThat(path).exists();
        String page = Page.of(path).text() + Page.of(COMMON).text();
        CommandLine command = Objects.requireNonNull(
                CommandModel.commandLine().getSubcommands().get(name));
        assertThat(page)
                .contains(withSubcommands(command)
                        .flatMap(each -> each.getCommandSpec().options().stream())
                        .filter(option -> !option.hidden())
                        .map(option -> "`" + option.longestName())
                        .toArray(String[]::new));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(CommandPagesTest::withSubcommands));
    }

    @Test
    void noPageIsWithoutItsCommand() throws Exception {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> PAGES.relativize(file).toString()))
                    .filteredOn(
                            name -> !List.of("README.md", "common-options.md").contains(name))
                    .isSubsetOf(commands().map(name -> name + ".md").toList());
        }
    }

    static Stream<String> commands() {
        return CommandModel.commandLine().getSubcommands().keySet().stream();
    }
}
