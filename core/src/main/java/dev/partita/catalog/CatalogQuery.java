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
    DETACHED,
    COMMENTS,
    REFERENCING,
    KEYS,
    COLUMNS,
    INDEXES,
    REFERENCES,
    GRANTS,
    STRANGERS,
    POLICIES,
    FINGERPRINT,
    STAMP,
    PARTMAN,
    SEQUENCE,
    LEADING,
    SIZE,
    SIZES,
    TAKEN,
    HOLDERS;

    private final Template text;

    CatalogQuery() {
        String file = name().toLowerCase(Locale.ROOT) + ".sql";
        try (InputStream resource = CatalogQuery.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("not on the class path: " + file);
            }
            this.text = Template.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The query as it stands. */
    String sql() {
        return text.filled(Map.of());
    }

    /** The query about relations of this identity. */
    String about(Collection<Long> oids) {
        return text.filled(Map.of("tables", oids(oids)));
    }

    /** The query about relations of this identity and a column of theirs. */
    String about(Collection<Long> oids, Identifier column) {
        return text.filled(Map.of("tables", oids(oids), "column", new Literal(column.name())));
    }

    /** The query about relations of these names. */
    String named(List<TableName> names) {
        return text.filled(Map.of(
                "schemas", array(names.stream().map(name -> name.schema().name())),
                "names", array(names.stream().map(name -> name.name().name()))));
    }

    /** The query about what lies in this schema. */
    String in(Identifier schema) {
        return text.filled(Map.of("schema", schema));
    }

    private static Literal oids(Collection<Long> oids) {
        return new Literal(oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    private static Literal array(Stream<String> values) {
        return new Literal(values.map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}")));
    }

    /**
     * A query with gaps, which psql calls variables: {@code :'tables'} for a literal, {@code :"column"} for a name.
     *
     * @param pieces what lies before, between and after the gaps
     * @param gaps what belongs into each
     */
    private record Template(List<String> pieces, List<String> gaps) {

        private static final Pattern GAP = Pattern.compile("(?<!:):(['\"])([a-z]+)\\1");

        static Template of(String text) {
            return new Template(
                    List.of(GAP.split(text, -1)),
                    GAP.matcher(text).results().map(gap -> gap.group(2)).toList());
        }

        /** With all gaps filled; a value may look like a gap itself. */
        String filled(Map<String, SqlPart> values) {
            StringBuilder sql = new StringBuilder(pieces.get(0));
            for (int i = 0; i < gaps.size(); i++) {
                SqlPart value = Objects.requireNonNull(values.get(gaps.get(i)), gaps.get(i));
                sql.append(value.sql()).append(pieces.get(i + 1));
            }
            return sql.toString();
        }
    }
}
