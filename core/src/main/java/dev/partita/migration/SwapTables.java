package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Identity;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the new table in the old one's place, in one short transaction in which no row is touched: every change is made in both
 * tables by now, so only names are exchanged. Whatever does not come through at once is taken back, and tried again later.
 *
 * @param source the old table
 * @param unmoved that its rows lie where they did
 * @param leaves of the new table
 * @param empty the DEFAULT partition that must not hold a row, if there is one
 */
record SwapTables(
        Rewrite rewrite,
        Source source,
        Sql unmoved,
        List<IndexShape> indexes,
        List<TableName> leaves,
        Optional<TableName> empty,
        Reason reason)
        implements MigrationStep {

    SwapTables {
        indexes = List.copyOf(indexes);
        leaves = List.copyOf(leaves);
    }

    @Override
    public TableName relation() {
        return rewrite.shadow();
    }

    @Override
    public Duration limit() {
        return Exchange.LIMIT;
    }

    /** All at once and nothing before, so that we cannot be one half of a deadlock; what leads here first. */
    @Override
    public Optional<Sql> lock() {
        List<Sql> statements = new ArrayList<>(Exchange.before(source));
        statements.add(Sql.of(
                "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
                Sql.list(Stream.of(Exchange.beside(source), List.of(rewrite.table(), rewrite.shadow()), referenced())
                        .flatMap(relations -> relations.stream())
                        .distinct()
                        .map(relation -> Sql.of("ONLY {}", relation))
                        .toList())));
        return Optional.of(new Sql(statements.stream().map(Sql::sql).collect(Collectors.joining("; "))));
    }

    /** The end of a foreign key changes the table that it points at. */
    private Set<TableName> referenced() {
        Set<TableName> referenced = new LinkedHashSet<>();
        source.keys().forEach(key -> referenced.add(key.referenced()));
        referenced.remove(rewrite.table());
        return referenced;
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        statements.add(unmoved);
        statements.addAll(
                source.portrait().guard(rewrite.table(), rewrite.table() + " was changed since it was looked at: "));
        statements.addAll(Exchange.inStep(rewrite, false));
        empty.ifPresent(partition -> statements.add(Identity.refusal(
                Sql.of("SELECT FROM {}", partition),
                "rows lie in " + partition.sql() + " that want partitions of their own")));
        // Nothing of the old table's changes is of interest any more, and the new one's are watched already.
        statements.addAll(Capture.of(rewrite, false).remove());
        foreignKeys(statements);
        statements.addAll(Exchange.released(source));
        sequences(statements);
        names(statements);
        source.checks().stream().filter(Source.Check::last).forEach(check -> statements.add(check.on(rewrite.table())));
        triggers(statements);
        rules(statements);
        statements.addAll(Exchange.meantAnew(source, rewrite.table(), rewrite.retired()));
        statements.addAll(source.comments());
        statements.addAll(source.portrait().with(indexes).guard(rewrite.table(), Portrait.UNLIKE));
        return statements;
    }

    /** Only now: a copy that is behind must not keep anybody from deleting what it refers to. */
    private void foreignKeys(List<Sql> statements) {
        source.keys().forEach(key -> {
            leaves.forEach(leaf -> statements.addAll(
                    Exchange.key(leaf, key.name(), Exchange.unproved(key.definition()), key.comment())));
            statements.add(Sql.of("ALTER TABLE {} DROP CONSTRAINT {}", rewrite.table(), key.name()));
        });
    }

    /** A sequence goes with its table; an identity's cannot, so the new one goes on where the old one is. */
    private void sequences(List<Sql> statements) {
        for (Source.Sequence each : source.sequences()) {
            TableName sequence = each.name();
            if (each.identity().isEmpty()) {
                statements.add(Sql.of("ALTER SEQUENCE {} OWNED BY {}.{}", sequence, rewrite.shadow(), each.column()));
                continue;
            }
            TableName old = sequence.sibling(Rewrite.retired(sequence.name()));
            statements.add(Exchange.rename("SEQUENCE", sequence, old.name()));
            statements.add(Sql.of(
                    "ALTER TABLE {} ALTER COLUMN {} ADD GENERATED {} AS IDENTITY (SEQUENCE NAME {} {})",
                    rewrite.shadow(),
                    each.column(),
                    new Sql(each.identity().get()),
                    sequence,
                    new Sql(each.counting())));
            statements.add(Sql.of(
                    "SELECT setval({}::regclass, last_value, is_called) FROM {}", Literal.of(sequence.sql()), old));
            statements.addAll(each.dress());
        }
    }

    private void names(List<Sql> statements) {
        statements.add(
                Exchange.rename("TABLE", rewrite.table(), rewrite.retired().name()));
        statements.add(
                Exchange.rename("TABLE", rewrite.shadow(), rewrite.table().name()));
        for (IndexShape index : indexes) {
            Identifier name = index.index().name();
            statements.add(Exchange.rename("INDEX", rewrite.table().sibling(name), index.retired()));
            statements.add(Exchange.rename("INDEX", rewrite.table().sibling(index.temporary()), name));
        }
        for (Source.Statistics each : source.statistics()) {
            TableName name = each.name();
            statements.add(Exchange.rename("STATISTICS", name, each.retired()));
            statements.add(Exchange.rename("STATISTICS", name.sibling(each.temporary()), name.name()));
        }
    }

    /** Their text means the name that the new table has by now. On the old one they would fire for what is brought back. */
    private void triggers(List<Sql> statements) {
        for (Source.Trigger trigger : source.triggers()) {
            statements.add(Sql.of("ALTER TABLE {} DISABLE TRIGGER {}", rewrite.retired(), trigger.name()));
            statements.add(new Sql(trigger.definition()));
            if (trigger.enabled() != 'O') {
                statements.add(Exchange.state(rewrite.table(), "TRIGGER", trigger.name(), trigger.enabled()));
            }
        }
    }

    /** Like triggers. */
    private void rules(List<Sql> statements) {
        for (Source.Rule rule : source.rules()) {
            statements.add(Sql.of("ALTER TABLE {} DISABLE RULE {}", rewrite.retired(), rule.name()));
            statements.add(new Sql(rule.definition().stripTrailing().replaceFirst(";$", "")));
            if (rule.enabled() != 'O') {
                statements.add(Exchange.state(rewrite.table(), "RULE", rule.name(), rule.enabled()));
            }
        }
    }

    @Override
    public List<Sql> notes() {
        return List.of(State.advance(rewrite.migration(), Phase.IN_STEP, Phase.SWAPPED));
    }

    @Override
    public List<RelationLock> locks() {
        return Stream.of(Exchange.beside(source), List.of(rewrite.table()), referenced())
                .flatMap(relations -> relations.stream())
                .distinct()
                .map(relation -> new RelationLock(relation, Lock.ACCESS_EXCLUSIVE))
                .toList();
    }

    @Override
    public String words() {
        return "swap";
    }
}
