package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Identity;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What two tables need to change places, whichever way; everybody waits meanwhile. */
final class Exchange {

    /** The longest that one statement may take. */
    static final Duration LIMIT = Duration.ofSeconds(2);

    private Exchange() {}

    /** Refuses if a change may not have been made on both sides; nobody can write any more. */
    static List<Sql> inStep(Rewrite rewrite, boolean back) {
        return List.of(
                Identity.refusal(
                        Sql.of("SELECT FROM {}", rewrite.log(back)),
                        "changes were noted that are not made in both tables"),
                Identity.refusal(
                        Capture.of(rewrite, back).notMirrored(),
                        "there are partitions that do not write to both tables"));
    }

    static Sql rename(String what, TableName relation, Identifier name) {
        return Sql.of("ALTER {} {} RENAME TO {}", new Sql(what), relation, name);
    }

    /** Gives a table a foreign key, and its comment. */
    static List<Sql> key(TableName table, Identifier name, Sql definition, Optional<String> comment) {
        List<Sql> statements = new ArrayList<>();
        statements.add(Sql.of("ALTER TABLE {} ADD CONSTRAINT {} {}", table, name, definition));
        comment.ifPresent(
                text -> statements.add(Sql.of("COMMENT ON CONSTRAINT {} ON {} IS {}", name, table, Literal.of(text))));
        return statements;
    }

    /** A foreign key that holds for new rows at once, and is proved for the others afterwards. */
    static Sql unproved(String definition) {
        return new Sql(definition.replaceFirst(" NOT VALID$", "") + " NOT VALID");
    }

    /** What the planner was told of columns. */
    static Stream<Sql> options(List<Source.Column> columns, TableName table) {
        return columns.stream()
                .filter(column -> !column.options().isEmpty())
                .map(column -> Sql.of(
                        "ALTER TABLE {} ALTER COLUMN {} SET ({})", table, column.name(), new Sql(column.options())));
    }

    /**
     * What is locked before the table, because whoever uses it comes to the table through it. LOCK TABLE of a view would lock all
     * that it reads; that it gets the owner whom it has locks it alone.
     */
    static List<Sql> before(Source source) {
        List<Sql> statements = new ArrayList<>();
        source.bound().stream()
                .filter(Source.Bound::view)
                .forEach(view -> view.relation()
                        .ifPresent(name -> view.owner()
                                .ifPresent(owner -> statements.add(Sql.of("ALTER VIEW {} OWNER TO {}", name, owner)))));
        return statements.stream().distinct().toList();
    }

    /** Tables that come before it, for the same reason. */
    static Set<TableName> beside(Source source) {
        Set<TableName> tables = new LinkedHashSet<>();
        source.bound().stream()
                .filter(bound -> !bound.view())
                .forEach(bound -> bound.relation().ifPresent(tables::add));
        source.referencing().forEach(key -> tables.add(key.table()));
        return tables;
    }

    /** Other tables' foreign keys let go of the one and take hold of the other, which has the name by then. */
    static List<Sql> released(Source source) {
        return source.referencing().stream()
                .map(key -> Sql.of("ALTER TABLE {} DROP CONSTRAINT {}", key.table(), key.name()))
                .toList();
    }

    /**
     * What meant the one table means the other, which has the name by now.
     *
     * @param gone what the one is called by now
     */
    static List<Sql> meantAnew(Source source, TableName table, TableName gone) {
        List<Sql> statements = new ArrayList<>();
        source.bound().forEach(bound -> bound.statement().ifPresent(statements::add));
        source.referencing()
                .forEach(key ->
                        statements.addAll(key(key.table(), key.name(), unproved(key.definition()), key.comment())));
        for (Source.Publication publication : source.publications()) {
            statements.add(Sql.of("ALTER PUBLICATION {} DROP TABLE {}", publication.name(), gone));
            statements.add(Sql.of(
                    "ALTER PUBLICATION {} ADD TABLE {}{}{}",
                    publication.name(),
                    table,
                    new Sql(publication
                            .columns()
                            .map(columns -> " (" + columns + ")")
                            .orElse("")),
                    new Sql(publication
                            .filter()
                            .map(filter -> " WHERE (" + filter + ")")
                            .orElse(""))));
        }
        return statements;
    }

    /** Has a trigger or a rule fire as it did. */
    static Sql state(TableName table, String what, Identifier name, char enabled) {
        String state = switch (enabled) {
            case 'D' -> "DISABLE";
            case 'R' -> "ENABLE REPLICA";
            case 'A' -> "ENABLE ALWAYS";
            default -> "ENABLE";
        };
        return Sql.of("ALTER TABLE {} {} {} {}", table, new Sql(state), new Sql(what), name);
    }
}
