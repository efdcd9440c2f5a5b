package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whole outputs, kept in files. {@code -Dpartita.golden.write=true} writes them anew, so that a reviewer reads the difference of
 * what people see.
 */
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/dev/partita/cli/golden");

    private Golden() {}

    /** Compares an output with its file, once what differs from run to run is taken out. */
    static void check(String name, String output) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        String settled = settled(output);
        if (Boolean.getBoolean("partita.golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, settled);
        }
        assertThat(settled).as(file.toString()).isEqualTo(Files.readString(file));
    }

    /** Without ports, database names, identities, versions and times taken. */
    static String settled(String output) {
        return output.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:5432")
                .replaceAll("\\bshop_\\d+\\b", "shop")
                .replaceAll("PostgreSQL \\d+\\.\\d+", "PostgreSQL 18.6")
                .replaceAll("\"server_version\" : \\d+", "\"server_version\" : 180006")
                .replaceAll("\"system_identifier\" : \"\\d+\"", "\"system_identifier\" : \"7000000000000000000\"")
                .replaceAll("\"fingerprint\" : \"[0-9a-f]{32}\"", "\"fingerprint\" : \"0123456789abcdef\"")
                .replaceAll("\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"0123456789abcdef\"")
                .replaceAll("_ms\" : \\d+", "_ms\" : 7")
                .replaceAll("\\b\\d+ ms\\b(?! a try)", "7 ms")
                .replaceAll("\\b\\d+\\.\\d s\\b", "7 ms")
                .replaceAll("pid \\d+", "pid 4711")
                .replaceAll("(?<=partita |partita\" : \")(\\(not packaged\\)|\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?)", "0.1.0");
    }
}
