package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts the old table in its place again, with everything that was written since the swap, and takes the new one away.
 *
 * <p>Fails, and changes nothing, if rows were written that the old table cannot hold: two of the same key in different partitions.
 *
 * @param source what the new table has of the old one; the foreign keys the old one gets back are proved afterwards
 * @param names the indexes of the new table that have the old one's names
 */
record SwapBack(Rewrite rewrite, Source source, List<Identifier> names, Reason reason) implements MigrationStep {

    SwapBack {
        names = List.copyOf(names);
    }

    @Override
    public TableName relation() {
        return rewrite.retired();
    }

    @Override
    public Duration limit() {
        return Exchange.LIMIT;
    }

    @Override
    public Optional<Sql> lock() {
        List<Sql> locked = new ArrayList<>();
        Exchange.beside(source).forEach(table -> locked.add(Sql.of("ONLY {}", table)));
        locked.add(Sql.of("{}", rewrite.table()));
        locked.add(Sql.of("ONLY {}", rewrite.retired()));
        source.keys().forEach(key -> locked.add(Sql.of("ONLY {}", key.referenced())));
        List<Sql> statements = new ArrayList<>(Exchange.before(source));
        statements.add(Sql.of("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", Sql.list(locked)));
        return Optional.of(new Sql(statements.stream().map(Sql::sql).collect(Collectors.joining("; "))));
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        statements.addAll(Exchange.inStep(rewrite, true));
        statements.addAll(Exchange.released(source));
        statements.add(
                Exchange.rename("TABLE", rewrite.table(), rewrite.shadow().name()));
        statements.add(
                Exchange.rename("TABLE", rewrite.retired(), rewrite.table().name()));
        for (Identifier name : names) {
            statements.add(Exchange.rename("INDEX", rewrite.table().sibling(name), Rewrite.shadow(name)));
            statements.add(Exchange.rename("INDEX", rewrite.table().sibling(Rewrite.retired(name)), name));
        }
        for (Source.Statistics each : source.statistics()) {
            TableName name = each.name();
            statements.add(Exchange.rename("STATISTICS", name, each.temporary()));
            statements.add(Exchange.rename("STATISTICS", name.sibling(each.retired()), name.name()));
        }
        source.sequences().forEach(sequence -> sequence(sequence, statements));
        source.triggers()
                .forEach(trigger ->
                        statements.add(Exchange.state(rewrite.table(), "TRIGGER", trigger.name(), trigger.enabled())));
        source.rules()
                .forEach(rule -> statements.add(Exchange.state(rewrite.table(), "RULE", rule.name(), rule.enabled())));
        statements.addAll(Exchange.meantAnew(source, rewrite.table(), rewrite.shadow()));
        source.keys()
                .forEach(key -> statements.addAll(
                        Exchange.key(rewrite.table(), key.name(), Exchange.unproved(key.definition()), key.comment())));
        statements.addAll(new Capture(rewrite, true, List.of(rewrite.target(false))).remove());
        statements.add(Sql.of("DROP TABLE {}", rewrite.shadow()));
        return statements;
    }

    /** The old table's identity goes on where the new one's is; that one goes with its table. */
    private void sequence(Source.Sequence each, List<Sql> statements) {
        TableName sequence = each.name();
        if (each.identity().isEmpty()) {
            statements.add(Sql.of("ALTER SEQUENCE {} OWNED BY {}.{}", sequence, rewrite.table(), each.column()));
            return;
        }
        TableName old = sequence.sibling(Rewrite.retired(sequence.name()));
        statements.add(
                Sql.of("SELECT setval({}::regclass, last_value, is_called) FROM {}", Literal.of(old.sql()), sequence));
        statements.add(Sql.of("ALTER TABLE {} ALTER COLUMN {} DROP IDENTITY", rewrite.shadow(), each.column()));
        statements.add(Exchange.rename("SEQUENCE", old, sequence.name()));
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                State.forgetChunks(rewrite.migration()),
                State.advance(rewrite.migration(), Phase.RETURNING, Phase.ROLLED_BACK));
    }

    @Override
    public List<RelationLock> locks() {
        List<RelationLock> locks = new ArrayList<>();
        locks.add(new RelationLock(rewrite.table(), Lock.ACCESS_EXCLUSIVE));
        source.keys().forEach(key -> locks.add(new RelationLock(key.referenced(), Lock.ACCESS_EXCLUSIVE)));
        return locks;
    }

    @Override
    public String words() {
        return "swap back";
    }
}
