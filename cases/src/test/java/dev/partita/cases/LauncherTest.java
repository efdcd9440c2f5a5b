package dev.partita.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two scripts that start partita. The one at the root runs in a checkout whose Maven wrapper is a script of ours
 * that counts the builds; the one of the distribution runs the command that was really built.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void layOutACheckout() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        Files.createDirectories(checkout.resolve("core/src/main"));
        Files.writeString(checkout.resolve("core/src/main/Core.java"), "");
        Files.writeString(checkout.resolve("pom.xml"), "");
        Files.writeString(checkout.resolve("core/pom.xml"), "");
        Files.copy(REPOSITORY.resolve("partita"), checkout.resolve("partita"));
        script(checkout.resolve("mvnw"), """
                echo built >>builds
                mkdir -p cli/target/partita/bin
                printf '#!/bin/sh\\necho "ran with $*"\\n' >cli/target/partita/bin/partita
                chmod +x cli/target/partita/bin/partita
                """);
    }

    @Test
    void buildsOnFirstUseAndNotAgain() throws Exception {
        Ran first = run(checkout.resolve("partita"), "plan", "two words");
        assertThat(first).isEqualTo(new Ran(0, "ran with plan two words\n", first.err()));
        assertThat(first.err()).startsWith("partita: building from source, this once; it takes about a minute");

        assertThat(run(checkout.resolve("partita"), "--version")).isEqualTo(new Ran(0, "ran with --version\n", ""));
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceHasChanged() throws Exception {
        run(checkout.resolve("partita"));
        FileTime built = Files.getLastModifiedTime(checkout.resolve("target/launcher/built"));
        Files.setLastModifiedTime(
                checkout.resolve("core/src/main/Core.java"),
                FileTime.from(built.toInstant().plus(Duration.ofMillis(1))));

        assertThat(run(checkout.resolve("partita")).err()).startsWith("partita: the sources have changed");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void buildsOnceWhenSeveralFirstRunsComeTogether() throws Exception {
        List<Started> together = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            together.add(start(checkout.resolve("partita"), "--version"));
        }
        for (Started one : together) {
            assertThat(finish(one).out()).isEqualTo("ran with --version\n");
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void isFoundThroughSymbolicLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("direct"), checkout.resolve("partita"));
        Files.createSymbolicLink(bin.resolve("partita"), Path.of("direct"));

        assertThat(run(bin.resolve("partita"), "status").out()).isEqualTo("ran with status\n");
    }

    @Test
    void showsTheEndOfTheLogAndExitsWith70WhenTheBuildFails() throws Exception {
        script(checkout.resolve("mvnw"), """
                echo '[INFO] a long story'
                echo '[ERROR] Core.java:[1,1] class expected'
                exit 1
                """);

        Ran ran = run(checkout.resolve("partita"), "plan");

        assertThat(ran.code()).isEqualTo(70);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("the build failed", "class expected", "build.log")
                .doesNotContain("long story");
        assertThat(run(checkout.resolve("partita"), "plan").code()).isEqualTo(70);
    }

    @Test
    void theDistributionStartsAndLaysOneArchiveForThisJava() throws Exception {
        Path home = distribution();

        Ran first = run(home.resolve("bin/partita"), "--version");
        assertThat(first).isEqualTo(new Ran(0, first.out(), ""));
        assertThat(first.out()).matches("partita \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
        assertThat(run(home.resolve("bin/partita"), "--version")).isEqualTo(first);

        try (Stream<Path> archives = Files.list(home.resolve("archives"))) {
            assertThat(archives)
                    .singleElement()
                    .satisfies(archive -> assertThat(archive).isNotEmptyFile().hasExtension("jsa"));
        }
    }

    @Test
    void anArchiveThatDoesNotFitIsPassedOverInSilence() throws Exception {
        Path home = distribution();
        run(home.resolve("bin/partita"), "--version");
        try (Stream<Path> archives = Files.list(home.resolve("archives"))) {
            Path archive = archives.findFirst().orElseThrow();
            Files.delete(archive);
            Files.writeString(archive, "not an archive");
        }

        Ran ran = run(home.resolve("bin/partita"), "--version");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void anOldJavaIsRefusedByName() throws Exception {
        Path home = distribution();
        Path old = folder.resolve("jdk-11");
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        script(old.resolve("bin/java"), "exit 1");

        Ran ran = finish(start(old, home.resolve("bin/partita"), "--version"));

        assertThat(ran).isEqualTo(new Ran(70, "", ran.err()));
        assertThat(ran.err()).contains("is Java 11.0.2, partita needs 17 or newer");
    }

    private record Started(Process process, Path err) {}

    private record Ran(int code, String out, String err) {}

    private Ran run(Path command, String... words) throws Exception {
        return finish(start(command, words));
    }

    private Started start(Path command, String... words) throws IOException {
        return start(Path.of(System.getProperty("java.home")), command, words);
    }

    private Started start(Path javaHome, Path command, String... words) throws IOException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(command.toString()), Stream.of(words))
                        .toList())
                .directory(folder.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().remove("PARTITA_JAVA_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process, err);
    }

    private static Ran finish(Started started) throws Exception {
        String out = new String(started.process().getInputStream().readAllBytes(), UTF_8);
        int code = started.process().waitFor();
        return new Ran(code, out, Files.readString(started.err()));
    }

    private int builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds")).size();
    }

    /** A copy of the distribution that this build made, without the demo's server, which would only cost time. */
    private Path distribution() throws IOException {
        Path made = REPOSITORY.resolve("cli/target/partita");
        Path home = folder.resolve("partita home");
        for (String part : List.of("bin", "lib")) {
            Files.createDirectories(home.resolve(part));
            try (Stream<Path> files = Files.list(made.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, home.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        return home;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
