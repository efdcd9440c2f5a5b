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
 * Begins the copy anew, because the old table's rows do not lie where they did: it was emptied, or written anew. What was copied
 * and what was noted is thrown away.
 *
 * @param heaps where the old rows lie
 * @param chunk so many blocks are copied at once
 */
record RestartCopy(Rewrite rewrite, Heaps heaps, long chunk, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.shadow();
    }

    private RelationLock onSource() {
        return new RelationLock(rewrite.table(), Lock.SHARE_ROW_EXCLUSIVE);
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(onSource().statement());
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>(Capture.of(rewrite, false).noted());
        statements.add(Sql.of("TRUNCATE {}, {}", rewrite.shadow(), rewrite.log(false)));
        return statements;
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                State.forgetChunks(rewrite.migration()),
                StartCapture.chunks(rewrite, heaps, chunk),
                Sql.of(
                        "UPDATE partita.migration SET phase = {}, phase_since = clock_timestamp(), settled = NULL{} WHERE id = {}",
                        Literal.of(Phase.COPYING.word()),
                        StartCapture.present(heaps),
                        Literal.of(rewrite.migration())));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onSource());
    }

    @Override
    public String words() {
        return "begin the copy anew";
    }
}
