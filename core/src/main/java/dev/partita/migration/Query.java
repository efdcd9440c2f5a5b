package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.SqlPart;
import dev.partita.sql.Template;
import dev.partita.table.TableName;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** What is asked about a migration and its tables; each in a file of its own, which can be pasted into psql. */
enum Query {
    OPEN,
    MIGRATIONS,
    STANDING,
    EXTENT,
    RELATION,
    COLUMNS,
    SEQUENCES,
    CONDITIONS,
    INDEXES,
    STATISTICS,
    KEYS,
    REFERENCING,
    TRIGGERS,
    RULES,
    PUBLICATIONS,
    BOUND,
    COMMENTS,
    REFUSALS,
    PORTRAIT,
    LEAVES,
    CHUNKS,
    SNAPSHOTS,
    LOAD,
    DISK,
    SPEED;

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

    /** About the relation of this identity, what would say where a row lies, and names that it needs. */
    String about(long table, Collection<Identifier> columns, Collection<Identifier> names) {
        return filled(Map.of(
                "table", Literal.of(table),
                "columns", Literal.array(columns.stream().map(Identifier::name).toList()),
                "names", Literal.array(names.stream().map(Identifier::name).toList())));
    }

    /** About the table of this name, by one gap. */
    String portraying(TableName table) {
        return filled(Map.of("table", Literal.of(table.sql())));
    }

    /** About snapshots that are older than this transaction. */
    String olderThan(long transaction) {
        return filled(Map.of("settled", Literal.of(transaction)));
    }

    /** About the migration of this number. */
    String of(long migration) {
        return filled(Map.of("migration", Literal.of(migration)));
    }

    /** Of the whole database. */
    String ended(boolean asWell) {
        return filled(Map.of("ended", Literal.of(asWell)));
    }

    /** About a migration, its new table and its log. */
    String of(Migration migration, TableName fresh, TableName log) {
        return filled(Map.of(
                "migration", Literal.of(migration.id()),
                "source", Literal.of(migration.source()),
                "schema", Literal.of(fresh.schema().name()),
                "table", Literal.of(fresh.name().name()),
                "log", Literal.of(log.name().name()),
                "lease", Literal.of(Migrations.lease(migration.table()))));
    }

    /** How burdened the server is. */
    String counting(boolean sessions) {
        return filled(Map.of("counted", Literal.of(sessions)));
    }

    /** What a new table and its log take. */
    String of(TableName fresh, TableName log) {
        return filled(Map.of(
                "schema", Literal.of(fresh.schema().name()),
                "table", Literal.of(fresh.name().name()),
                "log", Literal.of(log.name().name())));
    }

    private String filled(Map<String, SqlPart> values) {
        return text.filled(values);
    }
}
