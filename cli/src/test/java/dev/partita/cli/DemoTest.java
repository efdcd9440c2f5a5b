package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class DemoTest {

    @TempDir
    Path folder;

    /** Typed on a console so wide that no sentence is wrapped, with variables about that lead elsewhere. */
    private Typed.Ran demo(String... words) {
        return Typed.withoutDatabase(folder)
                .with("COLUMNS", "1000")
                .with("PARTITA_URL", "postgresql://nowhere.invalid/")
                .with("PGPORT", "1")
                .partita(words);
    }

    @Test
    void tellsTheWholeStory() throws Exception {
        Typed.Ran ran = demo("demo", "--rows", "20000");

        assertThat(ran.err().lines()).allMatch(line -> line.startsWith("   ✓ "));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("partitions read                      1 of 29\n");
        Golden.check("demo", withoutNumbers(Golden.settled(ran.out())));
    }

    /** Numbers, and the gaps between columns whose width they decide. */
    private static String withoutNumbers(String text) {
        return text.replaceAll("in [A-Z][a-z]+ \\d{4}\\?", "in MONTH?")
                .replaceAll("/\\S*partita-demo-\\d+", "FOLDER")
                .replaceAll("\\d([\\d.,:-]*\\d)?", "#")
                .replaceAll("# ms", "# s")
                .replaceAll("[\\u2580-\\u2593]+", "▇")
                .replaceAll("(?<=\\S) {2,}", "  ");
    }

    @Test
    void keepsTheServerIfAskedTo() throws Exception {
        Typed.Ran ran = demo("demo", "--rows", "1000", "--keep");
        Path stop = Path.of(told(ran, "stop it: +sh (\\S+)"));
        try {
            assertThat(ran.code()).isZero();
            assertThat(Path.of(told(ran, "go on with: +partita plan -f (\\S+)")))
                    .isRegularFile();
            String url = "jdbc:postgresql://127.0.0.1:"
                    + told(ran, "look into it: +psql -h 127.0.0.1 -p (\\d+) -U shop shop") + "/shop?user=shop";
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet orders = statement.executeQuery(
                            "SELECT count(*), current_setting('is_superuser') FROM shop.orders WHERE customer_id < 1000000")) {
                orders.next();
                // Two of the 24 months are gone; the present one has only begun.
                assertThat(orders.getLong(1)).isBetween(900L, 930L);
                assertThat(orders.getString(2)).isEqualTo("off");
            }
            Typed.Ran again =
                    demo("plan", "-f", stop.resolveSibling("partita.yml").toString(), "--url", url);
            assertThat(again.out()).contains("Nothing to do.");
        } finally {
            assertThat(new ProcessBuilder("sh", stop.toString()).start().waitFor())
                    .isZero();
        }
        Path server = Objects.requireNonNull(stop.getParent());
        assertThat(server).doesNotExist();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(line -> line.contains(server.toString()));
    }

    private static String told(Typed.Ran ran, String pattern) {
        Matcher words = Pattern.compile(pattern).matcher(ran.out());
        assertThat(words.find()).as(pattern + " in:\n" + ran.out() + ran.err()).isTrue();
        String last = words.group(1);
        while (words.find()) {
            last = words.group(1);
        }
        return last;
    }

    @Test
    void refusesToBeEmptyOrEndless() {
        Typed.Ran ran = demo("demo", "--rows", "10");

        assertThat(ran)
                .isEqualTo(
                        new Typed.Ran(64, "", "--rows 10 is not from 1000 to 100000000\nHelp: partita demo --help\n"));
    }

    @Test
    void isForPeople() {
        assertThat(demo("demo", "--format", "json").code()).isEqualTo(64);
    }
}
