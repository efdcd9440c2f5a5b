package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

    @TempDir
    Path folder;

    static Stream<String> commands() {
        return tree().getSubcommands().keySet().stream().sorted();
    }

    private static CommandLine tree() {
        return Main.commandLine(Console.ofThisProcess());
    }

    @Test
    void theWholeIsExplained() throws IOException {
        Typed typed = Typed.withoutDatabase(folder);
        Golden.check("help/partita", typed.partita("--help").all());
        assertThat(typed.partita()).isEqualTo(typed.partita("--help"));
        assertThat(typed.partita("--version").out()).isEqualTo("partita " + Main.version() + "\n");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandIsExplained(String command) throws IOException {
        Typed typed = Typed.withoutDatabase(folder);
        Golden.check("help/" + command, typed.partita(command, "--help").all());
        if (!command.equals("help")) {
            assertThat(typed.partita("help", command)).isEqualTo(typed.partita(command, "--help"));
        }
    }

    @Test
    void mistakesAreAnsweredWithWhatWasMeant() throws IOException {
        Typed typed = Typed.withoutDatabase(folder);
        StringBuilder all = new StringBuilder();
        for (List<String> words : List.of(
                List.of("plann"),
                List.of("plan", "--sqll"),
                List.of("plan", "--format", "xml"),
                List.of("apply", "--lock-timeout", "forever"),
                List.of("apply", "--lock-timeout", "31s"),
                List.of("apply", "one.json", "two.json"),
                List.of("apply", "plan.json", "--for", "2021..2022"),
                List.of("status", "\u001b[2J"))) {
            Typed.Ran ran = typed.partita(words.toArray(String[]::new));
            all.append("$ partita ")
                    .append(String.join(" ", words).replace('\u001b', '?'))
                    .append('\n')
                    .append(ran.all());
        }
        Golden.check("help/mistakes", all.toString());
    }
}
