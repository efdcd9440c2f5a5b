package dev.partita.migration;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.step.Rewriting;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the old table in its place again, with everything that was written since the swap, and takes the new one away.
 *
 * <p>Fails, and changes nothing, if rows were written that the old table cannot hold: two of the same key in different partitions.
 *
 * @param source what the new table has of the old one; the foreign keys the old one gets back are proved afterwards
 * @param names the indexes of the new table that have the old one's names
 */
record SwapBack(Rewrite rewrite, Source source, List<Identifier> names, Reason reason) implements Rewriting {

    /** Everybody waits meanwhile. */
    private static final Duration DRAIN = Duration.ofMillis(100);

    SwapBack {
        names = List.copyOf(names);
    }

    @Override
    public TableName table() {
        return rewrite.table();
    }

    @Override
    public TableName relation() {
        return rewrite.retired();
    }

    @Override
    public Duration limit() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Optional<Sql> lock() {
        List<Sql> locked = new ArrayList<>();
        locked.add(Sql.of("{}", rewrite.table()));
        locked.add(Sql.of("ONLY {}", rewrite.retired()));
        source.keys().forEach(key -> locked.add(Sql.of("ONLY {}", key.referenced())));
        return Optional.of(Sql.of("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", Sql.list(locked)));
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        statements.add(new Sql("SET LOCAL statement_timeout = '" + DRAIN.toMillis() + "ms'"));
        statements.addAll(new ApplyLog(rewrite, true, ApplyLog.ALL, reason).sql());
        statements.add(new Sql("SET LOCAL statement_timeout = '" + limit().toMillis() + "ms'"));
        statements.add(rename("TABLE", rewrite.table(), rewrite.shadow().name()));
        statements.add(rename("TABLE", rewrite.retired(), rewrite.table().name()));
        for (Identifier name : names) {
            statements.add(rename("INDEX", rewrite.table().sibling(name), SwapTables.beside(name, "{table}_partita")));
            statements.add(rename("INDEX", rewrite.table().sibling(SwapTables.beside(name, "{table}_retired")), name));
        }
        source.columns().forEach(column -> sequence(column, statements));
        source.triggers().forEach(trigger -> statements.add(SwapTables.state(rewrite.table(), trigger)));
        source.views().forEach(view -> statements.add(SwapTables.view(view)));
        source.keys()
                .forEach(key -> statements.add(Sql.of(
                        "ALTER TABLE {} ADD CONSTRAINT {} {} NOT VALID",
                        rewrite.table(),
                        key.name(),
                        new Sql(SwapTables.proved(key)))));
        statements.addAll(new Capture(rewrite, rewrite.table(), rewrite.log()).remove());
        statements.addAll(new Capture(rewrite, rewrite.shadow(), rewrite.reverseLog()).remove());
        statements.add(Sql.of("DROP TABLE {}", rewrite.shadow()));
        return statements;
    }

    /** The old table's identity goes on where the new one's is; that one goes with its table. */
    private void sequence(Source.Column column, List<Sql> statements) {
        if (column.sequence().isEmpty()) {
            return;
        }
        TableName sequence = column.sequence().get();
        if (column.identity().isEmpty()) {
            statements.add(Sql.of("ALTER SEQUENCE {} OWNED BY {}.{}", sequence, rewrite.table(), column.name()));
            return;
        }
        TableName old = sequence.sibling(SwapTables.beside(sequence.name(), "{table}_retired"));
        statements.add(
                Sql.of("SELECT setval({}::regclass, last_value, is_called) FROM {}", Literal.of(old.sql()), sequence));
        statements.add(Sql.of("ALTER TABLE {} ALTER COLUMN {} DROP IDENTITY", rewrite.shadow(), column.name()));
        statements.add(rename("SEQUENCE", old, sequence.name()));
    }

    private static Sql rename(String what, TableName relation, Identifier name) {
        return Sql.of("ALTER {} {} RENAME TO {}", new Sql(what), relation, name);
    }

    @Override
    public List<Sql> notes() {
        return List.of(State.advance(rewrite.migration(), Phase.ROLLING_BACK, Phase.ROLLED_BACK));
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
