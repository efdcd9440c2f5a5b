package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drops the old table, and ends the noting of changes; from here on there is no way back.
 *
 * @param spare a DEFAULT partition that nobody has declared; it goes if it is empty still
 */
record Finish(Rewrite rewrite, Optional<TableName> spare, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.retired();
    }

    /** The triggers hang on each partition as well. */
    @Override
    public Optional<Sql> lock() {
        return Optional.of(Sql.of("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", rewrite.table()));
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>(Capture.of(rewrite, true).remove());
        statements.add(Sql.of("DROP TABLE {}", rewrite.retired()));
        spare.ifPresent(partition -> statements.add(dropped(partition)));
        return statements;
    }

    /** Detached first, because a referenced table gives no partition away otherwise. */
    private Sql dropped(TableName partition) {
        Sql body = Sql.of(
                "BEGIN IF NOT EXISTS (SELECT FROM {}) THEN ALTER TABLE {} DETACH PARTITION {}; DROP TABLE {}; END IF; END",
                partition,
                rewrite.table(),
                partition,
                partition);
        return Sql.of("DO {}", Literal.of(body.sql()));
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                State.forgetChunks(rewrite.migration()),
                State.advance(rewrite.migration(), Phase.SWAPPED, Phase.FINISHED));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(
                new RelationLock(rewrite.table(), Lock.ACCESS_EXCLUSIVE),
                new RelationLock(rewrite.retired(), Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "drop the old table";
    }
}
