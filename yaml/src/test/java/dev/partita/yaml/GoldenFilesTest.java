package dev.partita.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.partita.problem.PartitaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads each file of two folders and compares with the text beside it: what is wrong with it, or what it means. To accept
 * what partita says now, run with {@code -Dgolden.write=true} and read the difference.
 */
class GoldenFilesTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/partita/yaml");
    private static final boolean WRITE = Boolean.getBoolean("golden.write");

    static List<String> good() throws IOException {
        return names("good");
    }

    static List<String> faulty() throws IOException {
        return names("faulty");
    }

    private static List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource
    void faulty(String name) throws IOException {
        byte[] yaml = Files.readAllBytes(FOLDER.resolve("faulty").resolve(name));
        PartitaException thrown = catchThrowableOfType(PartitaException.class, () -> PartitaFile.read(name, yaml));
        assertThat(thrown).as(name + " is faulty").isNotNull();
        compare("faulty", name, thrown.getMessage() + "\n");
        assertThat(thrown.problems()).allSatisfy(problem -> {
            assertThat(problem.where()).startsWith(name);
            assertThat(problem.waysOut()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource
    void good(String name) throws IOException {
        PartitaFile file =
                PartitaFile.read(name, Files.readAllBytes(FOLDER.resolve("good").resolve(name)));
        compare("good", name, Outline.of(file));
        assertThat(PartitaFile.read(name, file.yaml())).as(file.yaml()).isEqualTo(file);
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(faulty()).hasSizeGreaterThanOrEqualTo(45);
    }

    private static void compare(String folder, String name, String said) throws IOException {
        Path expected = FOLDER.resolve(folder).resolve(name.replace(".yml", ".txt"));
        if (WRITE) {
            Files.writeString(expected, said);
        }
        assertThat(said).isEqualTo(Files.readString(expected));
    }
}
