package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.partita.cases.docs.Page.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands that the documentation shows are understood. */
class CommandLinesTest {

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandLineIsUnderstood(Typed typed) {
        assertThatCode(() -> CommandModel.commandLine().parseArgs(typed.words()))
                .doesNotThrowAnyException();
    }

    static Stream<Typed> commands() {
        return Stream.of("console", "sh", "")
                .flatMap(CommandLinesTest::blocks)
                .flatMap(block -> block.commands().stream().map(line -> new Typed(block, line)))
                .filter(typed -> typed.line().matches("(\\./)?partita( .*)?"));
    }

    private static Stream<Block> blocks(String language) {
        try {
            return Page.blocks(language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command line, and where it stands. */
    private record Typed(Block block, String line) {

        private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

        /** The words behind the command's name, as a shell hands them over, up to where the output goes elsewhere. */
        String[] words() {
            String own = line.replaceFirst("^(\\./)?partita ?", "").replaceFirst(" (2?>|\\|).*$", "");
            return WORD.matcher(own)
                    .results()
                    .map(word -> word.group(1) != null
                            ? word.group(1)
                            : word.group(2) != null ? word.group(2) : word.group(3))
                    .toArray(String[]::new);
        }

        @Override
        public String toString() {
            return block + " " + line;
        }
    }
}
