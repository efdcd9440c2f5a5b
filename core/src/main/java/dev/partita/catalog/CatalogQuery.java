package dev.partita.catalog;

import dev.partita.sql.Literal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The queries on the catalog, each a file that can be pasted into psql: {@code :'tables'} stands for a literal there and
 * here.
 */
enum CatalogQuery {
    SERVER,
    TABLES,
    PARTITIONS,
    KEYS,
    COLUMNS,
    INDEXES,
    REFERENCES,
    GRANTS,
    STRANGERS,
    POLICIES,
    LEFTOVERS,
    FINGERPRINT;

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

    /** The query without parameters. */
    String sql() {
        return text;
    }

    /** The query about these relations. */
    String about(Collection<Long> oids) {
        return with("tables", oids.stream().map(Object::toString).toList());
    }

    String with(String parameter, Collection<String> values) {
        return fill(text, parameter, values);
    }

    String with(String parameter, Collection<String> values, String second, Collection<String> secondValues) {
        // Values are data and may look like a parameter, so both are found before either is filled in.
        String marker = ":'" + parameter + "'";
        int split = text.indexOf(marker) + marker.length();
        return fill(text.substring(0, split), parameter, values) + fill(text.substring(split), second, secondValues);
    }

    private static String fill(String template, String parameter, Collection<String> values) {
        return template.replace(":'" + parameter + "'", array(values).sql());
    }

    /** An array as PostgreSQL reads it. */
    private static Literal array(Collection<String> values) {
        return new Literal(values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}")));
    }
}
