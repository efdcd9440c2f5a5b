package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every document among the golden outputs is what its published schema says, and has nothing that the schema does not know. */
class DocumentsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/partita/cli/golden");
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            return files.filter(Files::isRegularFile).filter(DocumentsTest::isDocument).sorted().toList().stream();
        }
    }

    private static boolean isDocument(Path file) {
        try {
            String text = Files.readString(file);
            // SARIF has a schema of its own, which is not ours to publish.
            return text.startsWith("{\n") && !text.startsWith("{\n  \"$schema\"");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thereIsOneOfEveryKind() throws IOException {
        assertThat(documents().map(file -> schemaOf(read(file))).distinct())
                .containsExactlyInAnyOrder(
                        "plan", "run", "status", "log", "check", "problems", "migrations", "migration-plan");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isWhatItsSchemaSays(Path file) throws IOException {
        JsonNode document = read(file);
        JsonNode schema = strict(schema(schemaOf(document)));
        Schema checker = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        assertThat(checker.validate(document)).isEmpty();
    }

    private static JsonNode read(Path file) {
        try {
            String text = Files.readString(file);
            int end = text.indexOf("\n--- ");
            return JSON.readTree(end < 0 ? text : text.substring(0, end));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String schemaOf(JsonNode document) {
        if (document.has("problems")) {
            return "problems";
        }
        String command = document.required("command").asString();
        return switch (command) {
            case "apply" -> "run";
            case "migrate plan" -> "migration-plan";
            default -> command.startsWith("migrate") ? "migrations" : command;
        };
    }

    private static JsonNode schema(String name) throws IOException {
        String resource = "/dev/partita/json/" + name + ".schema.json";
        try (InputStream file = DocumentsTest.class.getResourceAsStream(resource)) {
            return JSON.readTree(
                    new String(Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Readers ignore what they do not know; whoever adds a property has to describe it. */
    private static JsonNode strict(JsonNode schema) {
        List<JsonNode> described = schema.findParents("properties");
        described.forEach(node -> ((ObjectNode) node).put("additionalProperties", false));
        return schema;
    }
}
