package dev.partita.cases.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.docs.Page.Block;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Java that a reader may copy compiles; declarations are tried in the room of the file, commands in {@code CommandLinesTest}. */
class BlocksTest {

    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface) (\\w+)");

    @ParameterizedTest
    @MethodSource("classes")
    void everyJavaBlockThatClaimsToCompileDoes(Block block, @TempDir Path folder) throws IOException {
        Matcher type = TYPE.matcher(block.text());
        assertThat(type.find()).as("the block declares a type").isTrue();
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
        StringWriter complaints = new StringWriter();
        boolean compiled = compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-classpath",
                                System.getProperty("java.class.path", "")),
                        null,
                        List.of(source(type.group(1), block.text())))
                .call();
        assertThat(compiled).as(complaints.toString()).isTrue();
        try (Stream<Path> classes = Files.list(folder)) {
            assertThat(classes).isNotEmpty();
        }
    }

    static Stream<Block> classes() throws IOException {
        return Page.blocks("java").filter(block -> block.info().equals("java compiles"));
    }

    private static JavaFileObject source(String type, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
