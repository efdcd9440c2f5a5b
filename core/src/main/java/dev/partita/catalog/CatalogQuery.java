package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.SqlPart;
import dev.partita.table.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The questions to the server, each a file that can be pasted into psql: {@code :'tables'} stands for a literal and {@code
 * :"schema"} for an identifier, there and here.
 */
enum CatalogQuery {
    SERVER,
    SYSTEM,
    ROOTS,
    TABLES,
    PARTITIONS,
    LEFTOVERS,
    KEYS,
    COLUMNS,
    INDEXES,
    REFERENCES,
    GRANTS,
    STRANGERS,
    POLICIES,
    FINGERPRINT,
    PARTMAN,
    SEQUENCE,
    LEADING,
    SIZE,
    SIZES,
    TAKEN,
    HOLDERS;

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):(['\"])([a-z]+)\\1");

    private final String text;

    CatalogQuery() {
        String file = name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream resource = CatalogQuery.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("not on the class path: " + file);
            }
            this.text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The query as it stands. */
    String sql() {
        return text;
    }

    /** The query about relations of this identity. */
    String about(Collection<Long> oids) {
        return with(Map.of("tables", oids(oids)));
    }

    /** The query about relations of this identity and a column of theirs. */
    String about(Collection<Long> oids, Identifier column) {
        return with(Map.of("tables", oids(oids), "column", new Literal(column.name())));
    }

    /** The query about relations of these names. */
    String named(List<TableName> names) {
        return with(Map.of(
                "schemas", array(names.stream().map(name -> name.schema().name())),
                "names", array(names.stream().map(name -> name.name().name()))));
    }

    /** The query about what lies in this schema. */
    String in(Identifier schema) {
        return with(Map.of("schema", schema));
    }

    /** Fills in all parameters in one go: a value may look like a parameter. */
    private String with(Map<String, SqlPart> values) {
        return PARAMETER
                .matcher(text)
                .replaceAll(parameter -> Matcher.quoteReplacement(
                        Objects.requireNonNull(values.get(parameter.group(2)), parameter.group())
                                .sql()));
    }

    private static Literal oids(Collection<Long> oids) {
        return new Literal(oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    private static Literal array(Stream<String> values) {
        return new Literal(values.map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}")));
    }
}
