package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings over all that is noted while nobody writes, and from then on has every change made in both tables by the transaction that
 * makes it. Once nobody has an older snapshot the two can change places, and nobody sees a difference, at whatever isolation level.
 *
 * @param back whether the new table is in use, and the old one is kept in step with it
 * @param from where the migration is
 */
record MirrorChanges(Rewrite rewrite, boolean back, Phase from, Reason reason) implements MigrationStep {

    /** The longest that bringing over may take; everybody who writes waits meanwhile. */
    private static final Duration DRAIN = Duration.ofMillis(100);

    @Override
    public TableName relation() {
        return rewrite.table();
    }

    private RelationLock onWritten() {
        return new RelationLock(rewrite.table(), Lock.SHARE_ROW_EXCLUSIVE);
    }

    /** On its partitions as well. */
    @Override
    public Optional<Sql> lock() {
        return Optional.of(Sql.of("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", rewrite.table()));
    }

    @Override
    public Duration limit() {
        return Exchange.LIMIT;
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        statements.add(timeout(DRAIN));
        statements.addAll(new ApplyLog(rewrite, back, ApplyLog.ALL, reason).sql());
        statements.add(timeout(Exchange.LIMIT));
        statements.addAll(Capture.of(rewrite, back).mirrored());
        return statements;
    }

    private static Sql timeout(Duration limit) {
        return new Sql("SET LOCAL statement_timeout = '" + limit.toMillis() + "ms'");
    }

    /** Whoever does not see this transaction is older. */
    @Override
    public List<Sql> notes() {
        return List.of(State.advance(
                rewrite.migration(),
                from,
                back ? Phase.RETURNING : Phase.IN_STEP,
                new Sql(", settled = pg_current_xact_id()::text::bigint + 1")));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onWritten());
    }

    @Override
    public String words() {
        return "write to both tables";
    }
}
