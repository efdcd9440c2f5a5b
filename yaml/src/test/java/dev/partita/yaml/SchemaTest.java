package dev.partita.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema for editors knows the keys that the reader knows, and refuses what a schema can see. */
class SchemaTest {

    private static final Path FOLDER = Path.of("src/test/resources/dev/partita/yaml");

    /** Mistakes that only the reader sees: keys twice, dates that do not exist, parts that do not fit each other. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "a-table-twice.yml",
            "create.yml",
            "keys-twice.yml",
            "mistakes-in-used-defaults.yml",
            "one-column-for-two-levels.yml",
            "range-without-every.yml",
            "unique-without-the-key.yml",
            "list-values-twice.yml",
            "names-by-template.yml",
            "partition-names.yml",
            "database-with-password-parameter.yml",
            "zones.yml");

    /** What is no YAML, or more than one document of it. */
    private static final Set<String> NOT_A_DOCUMENT = Set.of(
            "anchors-aliases-tags.yml",
            "billion-laughs.yml",
            "control-character.yml",
            "empty.yml",
            "not-utf-8.yml",
            "only-comments.yml",
            "tab.yml",
            "two-documents.yml",
            "unclosed-bracket.yml",
            "names-of-tables.yml",
            "too-deep.yml");

    private final JsonNode json = new JsonMapper().readTree(text());
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(json);

    private static String text() {
        try (InputStream file = SchemaTest.class.getResourceAsStream("partita.schema.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsTheKeysThatTheReaderKnows() {
        assertThat(keys("")).isEqualTo(Keys.FILE);
        assertThat(keys("/$defs/table")).isEqualTo(Keys.TABLE);
        assertThat(keys("/$defs/level")).isEqualTo(Keys.LEVEL);
        assertThat(keys("/$defs/defaults")).isEqualTo(Keys.FOR_ALL);
        assertThat(keys("/$defs/default")).isEqualTo(Keys.DEFAULT);
        assertThat(keys("/$defs/encoding")).isEqualTo(Keys.ENCODING);
        assertThat(keys("/$defs/snowflake")).isEqualTo(Keys.SNOWFLAKE);
        assertThat(keys("/$defs/index/anyOf/2")).isEqualTo(Keys.INDEX);
        assertThat(keys("/$defs/leaf")).isEqualTo(Keys.STORAGE);
    }

    private Set<String> keys(String section) {
        return new HashSet<>(json.at(section + "/properties").propertyNames());
    }

    @Test
    void describesEveryKey() {
        for (JsonNode properties : json.findValues("properties")) {
            for (String key : properties.propertyNames()) {
                JsonNode property = properties.get(key);
                boolean constraint = property.isBoolean() || property.size() == 1 && property.has("type");
                assertThat(constraint
                                || property.path("description").asString("").endsWith("."))
                        .as(key)
                        .isTrue();
            }
        }
    }

    static List<String> good() throws IOException {
        return names("good");
    }

    static List<String> faulty() throws IOException {
        return names("faulty").stream()
                .filter(name -> !NOT_A_DOCUMENT.contains(name))
                .toList();
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
    void good(String name) throws IOException {
        assertThat(errors(Files.readString(FOLDER.resolve("good").resolve(name))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void faulty(String name) throws IOException {
        List<Error> errors = errors(Files.readString(FOLDER.resolve("faulty").resolve(name)));
        assertThat(errors.isEmpty()).as("%s %s", name, errors).isEqualTo(BEYOND_A_SCHEMA.contains(name));
    }

    @Test
    void whatIsWrittenIsValid() {
        RandomDeclarations random = new RandomDeclarations(42);
        for (int i = 0; i < 50; i++) {
            String yaml = new PartitaFile(random.next(), Optional.empty()).yaml();
            assertThat(errors(yaml)).as(yaml).isEmpty();
        }
    }

    private List<Error> errors(String yaml) {
        Faults faults = new Faults("test.yml");
        Node root = Document.of("test.yml", Source.of("test.yml", yaml), faults).orElseThrow();
        return schema.validate(json(root));
    }

    /** What an editor makes of the file: the same core schema of YAML 1.2. */
    private static JsonNode json(Node node) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (node instanceof MappingNode mapping) {
            ObjectNode object = make.objectNode();
            mapping.getValue()
                    .forEach(tuple ->
                            object.set(((ScalarNode) tuple.getKeyNode()).getValue(), json(tuple.getValueNode())));
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = make.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(item)));
            return array;
        }
        String text = ((ScalarNode) node).getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return make.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return make.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) && text.matches("[-+]?[0-9]{1,18}")) {
            return make.numberNode(Long.parseLong(text));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) && text.matches("[-+.0-9eE]+")
                ? make.numberNode(
                        text.startsWith("0") && text.length() > 1 && !text.contains(".")
                                ? 31d
                                : Double.parseDouble(text))
                : make.stringNode(text);
    }
}
