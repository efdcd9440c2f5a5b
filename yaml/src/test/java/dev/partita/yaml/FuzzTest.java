package dev.partita.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.partita.problem.PartitaException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, there is a declaration or a list of problems, soon. {@code -Dfuzz.seconds=600} looks longer. */
class FuzzTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/partita/yaml");
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("fuzz.seconds", 3));
    /** Computed, not waited: the machine may have more to do. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final List<String> PIECES = List.of(
            "\n",
            "\n  ",
            "\n      ",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "'",
            "\"",
            "|",
            ">",
            "#",
            "&a ",
            "*a",
            "!!int ",
            "---\n",
            "~",
            "null",
            "\t",
            "\u0000",
            "\ud83d",
            "then-by:",
            "range: at",
            "every: 1 month",
            "999999999",
            "-1",
            "{table}",
            "? ",
            "%YAML 1.1\n",
            "<<: ",
            "\u0085",
            "\ufeff",
            "1_000",
            "forever",
            "\\",
            "\"\\ud800\"",
            "\"\\0\"");

    @Test
    void arbitraryBytesAndMutatedFilesAreReadOrRefused() throws IOException {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        List<byte[]> files = files();
        long end = System.nanoTime() + TIME.toNanos();
        int reads = 0;
        while (System.nanoTime() < end) {
            byte[] bytes =
                    random.nextInt(10) == 0 ? bytes(random) : mutated(files.get(random.nextInt(files.size())), random);
            read(bytes, "seed " + seed + ", read " + reads++);
        }
        System.out.println("fuzz: seed " + seed + ", " + reads + " reads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "- ",
                "? ",
                "a: ",
                "a:\n",
                "'",
                "\"",
                "# ",
                "&a ",
                "*a ",
                "!a ",
                "|\n",
                "x",
                "\n",
                " ",
                "{a: ",
                "a: [b],\n",
                "[],"
            })
    void muchOfOneThingIsRefusedSoon(String piece) {
        read(piece.repeat(Source.MOST_BYTES / piece.length()).getBytes(StandardCharsets.UTF_8), "much of " + piece);
    }

    @Test
    void manyTablesAreReadSoon() {
        StringBuilder yaml = new StringBuilder("defaults: {name: \"{table}_{yyyy}_{MM}\"}\ntables:\n");
        for (int i = 0; i < 1_000; i++) {
            yaml.append("  t").append(i).append(": { range: at, every: 1 month }\n");
        }
        read(yaml.toString().getBytes(StandardCharsets.UTF_8), "a thousand tables");
    }

    @Test
    void manyValuesAreReadSoon() {
        StringBuilder yaml = new StringBuilder("tables:\n  t:\n    list: a\n    partitions:\n");
        for (int i = 0; i < 10_000; i++) {
            yaml.append("      p")
                    .append(i)
                    .append(": [v")
                    .append(i)
                    .append(", w")
                    .append(i)
                    .append("]\n");
        }
        read(yaml.toString().getBytes(StandardCharsets.UTF_8), "ten thousand partitions");
    }

    private static void read(byte[] bytes, String what) {
        long start = THREAD.getCurrentThreadCpuTime();
        try {
            PartitaFile file = PartitaFile.read("fuzz.yml", bytes);
            assertThat(PartitaFile.read("fuzz.yml", file.yaml())).isEqualTo(file);
        } catch (PartitaException e) {
            assertThat(e.problems()).hasSizeLessThanOrEqualTo(101);
            assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}&&[^\\n]]");
        } catch (Throwable e) {
            fail(what + ": " + Base64.getEncoder().encodeToString(bytes), e);
        }
        assertThat(Duration.ofNanos(THREAD.getCurrentThreadCpuTime() - start))
                .as(what)
                .isLessThan(SOON);
    }

    private static List<byte[]> files() throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (String folder : List.of("good", "faulty")) {
            try (Stream<Path> paths = Files.list(FOLDER.resolve(folder))) {
                for (Path path : paths.filter(path -> path.toString().endsWith(".yml"))
                        .sorted()
                        .toList()) {
                    files.add(Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] file, Random random) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(12));
            String piece = switch (random.nextInt(4)) {
                case 0 -> "";
                case 1 -> text.substring(from, to).repeat(1 + random.nextInt(3));
                case 2 -> Character.toString(random.nextInt(256));
                default ->
                    new String(
                            PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8),
                            StandardCharsets.ISO_8859_1);
            };
            text = text.substring(0, from) + piece + text.substring(random.nextBoolean() ? from : to);
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
