package dev.partita.catalog;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Template;
import dev.partita.table.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    DETACHED_STORED,
    CHECKS,
    CHECK_DEFINITIONS,
    COMMENTS,
    REFERENCING,
    KEYS,
    COLUMNS,
    ADDED,
    INDEXES,
    PARTITION_INDEXES,
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
    LAST_RUNS,
    STRAY,
    HOLDERS,
    HEARERS,
    DRIFT_DETAILS,
    DRIFT_GRANTS,
    DRIFT_POLICIES,
    DRIFT_UNFINISHED,
    DRIFT_INDEXES,
    DRIFT_CONSTRAINTS,
    DRIFT_TARGETS,
    DRIFT_COMMENTS,
    DRIFT_PUBLICATIONS,
    STORED;

    private final Template text;

    CatalogQuery() {
        this.text = Template.beside(CatalogQuery.class, name().toLowerCase(Locale.ROOT) + ".sql");
    }

    /** The query as it stands. */
    String sql() {
        return text.filled();
    }

    /** The query about relations of this identity. */
    String about(Collection<Long> oids) {
        return text.filled(Map.of("tables", Literal.array(oids)));
    }

    /** The query about relations of this identity and a column of theirs. */
    String about(Collection<Long> oids, Identifier column) {
        return text.filled(Map.of("tables", Literal.array(oids), "column", new Literal(column.name())));
    }

    /** The query about relations of these names. */
    String named(List<TableName> names) {
        return text.filled(Map.of(
                "schemas",
                        Literal.array(
                                names.stream().map(name -> name.schema().name()).toList()),
                "names",
                        Literal.array(
                                names.stream().map(name -> name.name().name()).toList())));
    }

    /** The query about what lies in this schema. */
    String in(Identifier schema) {
        return text.filled(Map.of("schema", schema));
    }
}
