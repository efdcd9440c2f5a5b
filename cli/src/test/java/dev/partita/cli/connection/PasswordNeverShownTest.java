package dev.partita.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.problem.PartitaException;
import dev.partita.problem.ProblemCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password written where it must not be is refused, and neither it nor a piece of it comes back in any text. */
class PasswordNeverShownTest {

    private static final String HEAD = "S3CR3T";
    private static final String TAIL = "t3rc3s";

    /** Everything that a connection string gives a meaning to, and what people like in passwords. */
    private static final String SPICE = ":/?#[]@!$&'()*+,;=%\\ \t\"<>^`{|}~-._\n\u00e4\u202e";

    private static final List<String> FORMS = List.of(
            "postgresql://shop:%s@db/x",
            "postgres://shop:%s@db:5432/x?sslmode=require",
            "postgres://:%s@db/x",
            "postgresql://shop:%s@a,b:7/x",
            "jdbc:postgresql://shop:%s@db/x",
            "postgresql://db/x?password=%s",
            "postgresql://db/x?user=shop&password=%s&sslmode=require",
            "postgresql://db/x?sslpassword=%s",
            "postgresql://db/x?PASSWORD=%s",
            "jdbc:postgresql://db/x?user=shop&password=%s",
            "jdbc:postgresql:x?password=%s",
            "host=db password=%s",
            "host=db password = '%s' user=shop",
            "password=%s",
            "host=db sslpassword=%s dbname=x",
            "host=db PGPASSWORD=%s");

    private static String text(String string, Map<String, String> variables) {
        try {
            Target target = Target.find(
                    ConnectionOptions.url(string), new Surroundings(variables, Path.of("/nowhere"), "os"), line -> {});
            return target + " " + target.properties() + " " + target.jdbcUrl() + " " + target.dataSource();
        } catch (PartitaException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://shop:S3CR3T@db/x",
                "jdbc:postgresql://shop:S3CR3T@db/x",
                "jdbc:postgresql://db/x?user=shop&password=S3CR3T",
                "host=db password=S3CR3T",
                "postgresql://shop:S3CR3T/x@db/x",
                "postgresql://shop:S3CR3T?x@db/x",
                "postgresql://shop:@db/x"
            })
    void isRefusedUnderItsOwnCode(String string) {
        assertThat(text(string, Map.of()))
                .contains(ProblemCode.PASSWORD_IN_CONNECTION_STRING.name())
                .doesNotContain("S3CR3T");
    }

    @RepeatedTest(20)
    void isNeverRepeatedWhateverStandsInIt(RepetitionInfo repetition) {
        long seed = 7_919L * repetition.getCurrentRepetition();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String password = HEAD + spice(random) + TAIL + spice(random) + HEAD;
            String form = FORMS.get(random.nextInt(FORMS.size()));
            String string = form.replace("%s", password);

            assertThat(text(string, Map.of())).as("seed %d, %s", seed, string).doesNotContain(HEAD, TAIL);
            assertThat(text("postgresql:///", Map.of("PARTITA_URL", string, "PGPASSWORD", password)))
                    .doesNotContain(HEAD, TAIL);
        }
    }

    private static String spice(Random random) {
        StringBuilder spice = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            spice.append(SPICE.charAt(random.nextInt(SPICE.length())));
        }
        return spice.toString();
    }
}
