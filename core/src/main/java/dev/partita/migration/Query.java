package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.SqlPart;
import dev.partita.sql.Template;
import dev.partita.table.TableName;
import java.util.Locale;
import java.util.Map;

/** What is asked about a migration and its tables; each in a file of its own, which can be pasted into psql. */
enum Query {
    OPEN,
    RELATION,
    COLUMNS,
    INDEXES,
    KEYS,
    TRIGGERS,
    VIEWS,
    DEPENDENTS,
    LEAVES,
    SNAPSHOTS;

    private final Template text;

    Query() {
        this.text = Template.beside(Query.class, name().toLowerCase(Locale.ROOT) + ".sql");
    }

    /** About the relation of this identity. */
    String about(long table) {
        return filled(Map.of("table", Literal.of(table)));
    }

    /** About the table of this name. */
    String about(TableName table) {
        return filled(Map.of(
                "schema", Literal.of(table.schema().name()),
                "table", Literal.of(table.name().name())));
    }

    /** About snapshots that are older than this transaction. */
    String olderThan(long transaction) {
        return filled(Map.of("settled", Literal.of(transaction)));
    }

    private String filled(Map<String, SqlPart> values) {
        return text.filled(values);
    }
}
