package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Has changes noted again, and not made in both tables any more, because the two are not to change places yet.
 *
 * @param back whether the new table is in use
 */
record NoteChanges(Rewrite rewrite, boolean back, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.table();
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(Sql.of("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", rewrite.table()));
    }

    @Override
    public List<Sql> sql() {
        return Capture.of(rewrite, back).noted();
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                back
                        ? State.advance(rewrite.migration(), Phase.RETURNING, Phase.ROLLING_BACK)
                        : State.advance(rewrite.migration(), Phase.IN_STEP, Phase.READY));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(rewrite.table(), Lock.SHARE_ROW_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "write to one table";
    }
}
