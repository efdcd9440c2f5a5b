package dev.partita.migration;

import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes everything away that a migration has made, before the new table was used. The old one is as it was.
 *
 * @param from where the migration is; if it has gone on meanwhile, nothing is taken away
 */
record Abort(Rewrite rewrite, Phase from, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.table();
    }

    private RelationLock onTable() {
        return new RelationLock(rewrite.table(), Lock.ACCESS_EXCLUSIVE);
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(onTable().statement());
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>(Capture.of(rewrite, false).remove());
        statements.add(Sql.of("DROP TABLE IF EXISTS {}", rewrite.shadow()));
        statements.addAll(Capture.of(rewrite, true).remains());
        return statements;
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                State.forgetChunks(rewrite.migration()), State.advance(rewrite.migration(), from, Phase.ABORTED));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onTable());
    }

    @Override
    public String words() {
        return "give up";
    }
}
