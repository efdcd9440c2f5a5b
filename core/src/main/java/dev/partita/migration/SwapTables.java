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
import java.util.stream.Stream;

/**
 * Puts the new table in the old one's place, in one short transaction in which no row is touched: every change is made in both
 * tables by now, so only names are exchanged. Whatever does not come through at once is taken back, and tried again later.
 *
 * @param source the old table
 * @param file where its rows have to lie still
 * @param leaves of the new table
 * @param empty the DEFAULT partition that must not hold a row, if there is one
 */
record SwapTables(
        Rewrite rewrite,
        Source source,
        SameFile file,
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

    /** All at once and nothing before, so that we cannot be one half of a deadlock. */
    @Override
    public Optional<Sql> lock() {
        return Optional.of(Sql.of(
                "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
                Sql.list(Stream.concat(Stream.of(rewrite.table(), rewrite.shadow()), referenced().stream())
                        .map(relation -> Sql.of("ONLY {}", relation))
                        .toList())));
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
        statements.add(file.guard());
        statements.add(Exchange.inStep(rewrite.log()));
        empty.ifPresent(partition -> statements.add(Identity.refusal(
                Sql.of("SELECT FROM {}", partition),
                "rows lie in " + partition.sql() + " that want partitions of their own")));
        foreignKeys(statements);
        sequences(statements);
        names(statements);
        triggers(statements);
        source.views().forEach(view -> statements.add(Exchange.view(view)));
        return statements;
    }

    /** Only now: a copy that is behind must not keep anybody from deleting what it refers to. */
    private void foreignKeys(List<Sql> statements) {
        source.keys().forEach(key -> {
            leaves.forEach(leaf -> statements.add(
                    Sql.of("ALTER TABLE {} ADD CONSTRAINT {} {} NOT VALID", leaf, key.name(), Exchange.proved(key))));
            statements.add(Sql.of("ALTER TABLE {} DROP CONSTRAINT {}", rewrite.table(), key.name()));
        });
    }

    /** A sequence goes with its table; an identity's cannot, so the new one goes on where the old one is. */
    private void sequences(List<Sql> statements) {
        for (Source.Column column : source.columns()) {
            if (column.sequence().isEmpty()) {
                continue;
            }
            TableName sequence = column.sequence().get();
            if (column.identity().isEmpty()) {
                statements.add(Sql.of("ALTER SEQUENCE {} OWNED BY {}.{}", sequence, rewrite.shadow(), column.name()));
                continue;
            }
            TableName old = sequence.sibling(Rewrite.retired(sequence.name()));
            statements.add(Exchange.rename("SEQUENCE", sequence, old.name()));
            statements.add(Sql.of(
                    "ALTER TABLE {} ALTER COLUMN {} ADD GENERATED {} AS IDENTITY (SEQUENCE NAME {} {})",
                    rewrite.shadow(),
                    column.name(),
                    new Sql(column.identity().get()),
                    sequence,
                    new Sql(column.counting().orElseThrow())));
            statements.add(Sql.of(
                    "SELECT setval({}::regclass, last_value, is_called) FROM {}", Literal.of(sequence.sql()), old));
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
    }

    /** Their text means the name that the new table has by now. On the old one they would fire for what is brought back. */
    private void triggers(List<Sql> statements) {
        for (Source.Trigger trigger : source.triggers()) {
            statements.add(Sql.of("ALTER TABLE {} DISABLE TRIGGER {}", rewrite.retired(), trigger.name()));
            statements.add(new Sql(trigger.definition()));
            if (trigger.enabled() != 'O') {
                statements.add(Exchange.state(rewrite.table(), trigger));
            }
        }
    }

    @Override
    public List<Sql> notes() {
        return List.of(State.advance(rewrite.migration(), Phase.IN_STEP, Phase.SWAPPED));
    }

    @Override
    public List<RelationLock> locks() {
        return Stream.concat(Stream.of(rewrite.table()), referenced().stream())
                .map(relation -> new RelationLock(relation, Lock.ACCESS_EXCLUSIVE))
                .toList();
    }

    @Override
    public String words() {
        return "swap";
    }
}
