package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types, packages and files that the pages for contributors name exist. */
class NamesTest {

    private static final Pattern QUALIFIED = Pattern.compile("dev\\.partita(\\.[a-z]+)*(\\.[A-Z]\\w*)?");
    private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
    private static final Pattern FILE = Pattern.compile("[\\w./-]*\\w\\.(md|sql|json|java|yml)|[\\w-]+(/[\\w-]+)*/");

    /** Files that a user has, and the repository has not. */
    private static final Set<String> OF_USERS = Set.of("partita.yml");

    @ParameterizedTest
    @ValueSource(
            strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "docs/design/creating.md", "docs/design/questions.md"})
    void everyNameIsThere(String page) throws IOException {
        Set<String> types = new HashSet<>();
        Set<String> packages = new HashSet<>();
        Set<String> files = new HashSet<>();
        look(types, packages, files);
        List<String> missing = new ArrayList<>();
        for (String code : Page.of(Page.REPOSITORY.resolve(page)).code()) {
            if (QUALIFIED.matcher(code).matches()) {
                if (!packages.contains(code) && !types.contains(code)) {
                    missing.add(code);
                }
            } else if (TYPE.matcher(code).matches()) {
                if (!types.contains(code)) {
                    missing.add(code);
                }
            } else if (FILE.matcher(code).matches()
                    && !OF_USERS.contains(code)
                    && files.stream().noneMatch(file -> file.endsWith("/" + code))) {
                missing.add(code);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static void look(Set<String> types, Set<String> packages, Set<String> files) throws IOException {
        try (Stream<Path> all = Files.walk(Page.REPOSITORY)) {
            all.map(Page.REPOSITORY::relativize)
                    .filter(path -> !path.toString().contains("target") && !path.startsWith(".git"))
                    .forEach(path -> {
                        String name = "/" + path.toString().replace('\\', '/');
                        files.add(name);
                        files.add(name + "/");
                        int source = name.indexOf("/java/dev/");
                        if (source >= 0) {
                            String dotted =
                                    name.substring(source + "/java/".length()).replace('/', '.');
                            if (dotted.endsWith(".java")) {
                                String type = dotted.substring(0, dotted.length() - ".java".length());
                                types.add(type);
                                types.add(type.substring(type.lastIndexOf('.') + 1));
                            } else {
                                packages.add(dotted);
                            }
                        }
                    });
        }
    }
}
