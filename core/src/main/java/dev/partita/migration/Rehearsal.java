package dev.partita.migration;

import dev.partita.catalog.ServerMessage;
import dev.partita.catalog.Snapshot;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes the whole way of a migration, there and back, on an empty copy of the table before anything is changed, with the very statements
 * that are run later. Only names are others: the copy and all that is made of it are temporary tables, seen by nobody, and everything is
 * rolled back. The table itself and those that it references are looked at, under ACCESS SHARE.
 *
 * <p>Left out is what has transactions of its own (VACUUM), and what no temporary table can have: publications, and functions, rules and
 * policies of others that mean the table.
 */
final class Rehearsal {

    private final Snapshot snapshot;
    private final Snapshot.Conductor conductor;
    private final Source source;
    private final Rewrite rewrite;
    private final Foreseen foreseen;
    private final Stage stage;
    private final Set<Sql> others;
    private Rehearsed result = new Rehearsed(0, Optional.empty(), Optional.empty());

    /**
     * Of one table.
     *
     * @param snapshot where it may write what is rolled back
     * @param conductor runs each statement, and can cancel it
     */
    Rehearsal(Snapshot snapshot, Snapshot.Conductor conductor, Source source, Rewrite rewrite, Foreseen foreseen) {
        this.snapshot = snapshot;
        this.conductor = conductor;
        this.source = source;
        this.rewrite = rewrite;
        this.foreseen = foreseen;
        this.stage = new Stage(rewrite.table());
        this.others = source.bound().stream()
                .filter(bound -> !bound.view())
                .flatMap(bound -> bound.statement().stream())
                .collect(Collectors.toSet());
    }

    Rehearsed play() throws SQLException {
        cast();
        if (!stage.isReadable()) {
            return leftOut("a name holds a quotation mark or a backslash");
        }
        snapshot.lookInto(rewrite.table(), () -> result = played());
        return result;
    }

    private static Rehearsed leftOut(String why) {
        return new Rehearsed(0, Optional.of(why), Optional.empty());
    }

    /** All relations that are made, or that others have to stand for. */
    private void cast() {
        Stream.of(rewrite.shadow(), rewrite.retired(), rewrite.log(false), rewrite.log(true))
                .forEach(stage::add);
        foreseen.partitions().forEach(stage::add);
        for (IndexShape shape : foreseen.shapes()) {
            Stream.of(shape.index().name(), shape.temporary(), shape.retired())
                    .forEach(name -> stage.add(rewrite.table().sibling(name)));
            foreseen.partitions().forEach(leaf -> stage.add(leaf.sibling(shape.nameOn(leaf))));
        }
        for (Source.Statistics each : source.statistics()) {
            Stream.of(each.name().name(), each.temporary(), each.retired())
                    .forEach(name -> stage.add(each.name().sibling(name)));
        }
        for (Source.Sequence each : source.sequences()) {
            stage.add(each.name());
            stage.add(each.name().sibling(Rewrite.retired(each.name().name())));
        }
        source.keys().forEach(key -> stage.add(key.referenced()));
        source.referencing().forEach(key -> stage.add(key.table()));
        views().forEach(view -> view.relation().ifPresent(stage::add));
    }

    private Stream<Source.Bound> views() {
        return source.bound().stream().filter(Source.Bound::view);
    }

    private Rehearsed played() throws SQLException {
        try {
            for (Sql statement : copy()) {
                run(statement);
            }
        } catch (SQLException e) {
            if (ServerMessage.unreachable(e)) {
                throw e;
            }
            return leftOut("no empty copy of the table can be made: " + ServerMessage.of(e));
        }
        int statements = 0;
        for (Step step : foreseen.steps()) {
            for (Sql statement : step.transactional() ? step.script() : List.<Sql>of()) {
                if (isLeftOut(statement)) {
                    continue;
                }
                Sql played = stage.of(statement);
                if (stage.isReal(played)) {
                    return leftOut("it cannot be told for sure of what step '" + step.words() + "' speaks");
                }
                try {
                    run(played);
                    statements++;
                } catch (SQLException e) {
                    if (ServerMessage.unreachable(e)) {
                        throw e;
                    }
                    return new Rehearsed(statements, Optional.empty(), Optional.of(failure(step, statement, e)));
                }
            }
        }
        return new Rehearsed(statements, Optional.empty(), Optional.empty());
    }

    private void run(Sql statement) throws SQLException {
        snapshot.run(statement.sql(), conductor);
    }

    private Problem failure(Step step, Sql statement, SQLException e) {
        return Problem.of(
                ProblemCode.REHEARSAL_FAILED,
                rewrite.table().sql(),
                "on an empty copy of it, step '" + step.words() + "' fails: " + ServerMessage.of(e)
                        + " (SQLSTATE " + e.getSQLState() + "); the statement is: "
                        + statement.sql().strip(),
                "mend what the server complains of, and start again; nothing was changed");
    }

    /** An empty table is no measure of time. */
    private boolean isLeftOut(Sql statement) {
        return statement.sql().startsWith("ALTER PUBLICATION")
                || statement.sql().startsWith("SET LOCAL statement_timeout")
                || others.contains(statement);
    }

    /** What makes an empty copy of the table, with everything that belongs to it. */
    private List<Sql> copy() {
        TableName table = rewrite.table();
        TableName copy = stage.add(table);
        List<Sql> made = new ArrayList<>();
        made.add(Sql.of(
                "CREATE TABLE {} (LIKE {} INCLUDING ALL EXCLUDING INDEXES EXCLUDING IDENTITY EXCLUDING STATISTICS"
                        + " EXCLUDING CONSTRAINTS EXCLUDING COMMENTS)",
                copy,
                table));
        Set<TableName> neighbours = new LinkedHashSet<>();
        source.keys().forEach(key -> neighbours.add(key.referenced()));
        source.referencing().forEach(key -> neighbours.add(key.table()));
        neighbours.remove(table);
        neighbours.forEach(neighbour ->
                made.add(Sql.of("CREATE TABLE {} (LIKE {} INCLUDING INDEXES)", stage.add(neighbour), neighbour)));
        List<Sql> belongs = new ArrayList<>();
        source.sequences().forEach(each -> belongs.add(sequence(each)));
        source.checks().forEach(check -> belongs.add(check.on(table)));
        source.indexes().forEach(index -> belongs.add(index(index)));
        source.statistics()
                .forEach(each -> belongs.add(
                        Sql.of("CREATE STATISTICS {}{} FROM {}", each.name(), new Sql(each.body()), table)));
        source.keys().forEach(key -> belongs.add(key(table, key.name(), key.definition())));
        source.referencing().forEach(key -> belongs.add(key(key.table(), key.name(), key.definition())));
        source.triggers().forEach(trigger -> belongs.add(new Sql(trigger.definition())));
        source.rules().forEach(rule -> belongs.add(new Sql(rule.definition())));
        views().forEach(view -> view.statement().ifPresent(belongs::add));
        belongs.forEach(statement -> made.add(stage.of(statement)));
        return made;
    }

    private Sql sequence(Source.Sequence each) {
        return each.identity().isEmpty()
                ? Sql.of("CREATE SEQUENCE {} OWNED BY {}.{}", each.name(), rewrite.table(), each.column())
                : Sql.of(
                        "ALTER TABLE {} ALTER COLUMN {} ADD GENERATED {} AS IDENTITY (SEQUENCE NAME {} {})",
                        rewrite.table(),
                        each.column(),
                        new Sql(each.identity().get()),
                        each.name(),
                        new Sql(each.counting()));
    }

    private Sql index(Source.Index index) {
        Identifier name = index.name();
        Sql tail = new Sql(index.tail().orElseThrow());
        return index.constraint() == Source.Constraint.NONE
                ? Sql.of(
                        "CREATE {}INDEX {} ON {} {}",
                        new Sql(index.unique() ? "UNIQUE " : ""),
                        name,
                        rewrite.table(),
                        tail)
                : Sql.of("ALTER TABLE {} ADD CONSTRAINT {} {}", rewrite.table(), name, tail);
    }

    private static Sql key(TableName table, Identifier name, String definition) {
        return Sql.of("ALTER TABLE {} ADD CONSTRAINT {} {}", table, name, new Sql(definition));
    }
}
