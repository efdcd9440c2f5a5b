package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drops the old table, and ends the noting of changes; from here on there is no way back. */
record Finish(Rewrite rewrite, Reason reason) implements MigrationStep {

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
        statements.addAll(Capture.of(rewrite, false).remains());
        return statements;
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
