package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A password that must not turn up anywhere, given in every way in which one can be given. */
class SecretsTest {

    private static final String CANARY = "S3CR3T-canary";

    @TempDir
    Path folder;

    @OnPostgres
    void noPasswordTurnsUpInWhatIsPrintedOrWritten(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database)
                .file("partita.yml", Shop.ORDERS_DECLARED)
                .file("password", CANARY)
                .with("PGPASSWORD", CANARY);
        Files.setPosixFilePermissions(
                folder.resolve("password"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        String elsewhere = "postgresql://shop@127.0.0.1:1/shop";
        StringBuilder all = new StringBuilder();
        for (List<String> words : List.of(
                List.of("install"),
                List.of("plan", "-v", "--save", "plan.json"),
                List.of("plan", "--sql"),
                List.of("plan", "--format", "json"),
                List.of("apply", "-v", "plan.json"),
                List.of("status", "-v"),
                List.of("status", "--format", "json"),
                List.of("init", "-v"),
                List.of("init", "--output", "init.yml"),
                List.of("install", "--print"),
                List.of("apply", "-v", "--password-file", "password"),
                List.of("apply", "--password-command", "cat password"),
                List.of("plan", "-v", "--url", elsewhere),
                List.of("plan", "-v", "--url", elsewhere, "--format", "json"),
                List.of("plan", "-v", "--url", "postgresql://shop:" + CANARY + "@127.0.0.1/shop"),
                List.of("plan", "-v", "--url", "postgresql://127.0.0.1/shop?password=" + CANARY),
                List.of("plan", "-v", "--url", "host=127.0.0.1 password=" + CANARY),
                List.of("plan", "-v", "--password-command", "echo " + CANARY + "; exit 3"))) {
            all.append(typed.partita(words.toArray(String[]::new)).all());
        }
        assertThat(database.rows("SELECT l::text FROM partita.lease l"))
                .isNotEmpty()
                .noneMatch(row -> row.contains(CANARY));
        all.append(typed.partita("uninstall", "-v").all());
        assertThat(all.toString()).doesNotContain(CANARY).doesNotContain("S3CR3T");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.endsWith("password")))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("S3CR3T"));
        }
    }
}
