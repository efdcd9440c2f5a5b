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
 * Ends the noting of changes, because what is noted takes more room than it may. Without it the copy is worth nothing, so that is
 * thrown away; the new table stands, empty, and the copy begins anew when somebody says so.
 *
 * @param from where the migration is
 * @param why what a person has to look at
 */
record EndCapture(Rewrite rewrite, Phase from, String why, Reason reason) implements MigrationStep {

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
        statements.add(Sql.of("TRUNCATE {}", rewrite.shadow()));
        return statements;
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                State.forgetChunks(rewrite.migration()),
                State.advance(
                        rewrite.migration(),
                        from,
                        Phase.PREPARING,
                        Sql.of(
                                ", horizon = NULL, files = NULL, blocks = NULL, settled = NULL, trouble = {}",
                                Literal.of(why))));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onTable());
    }

    @Override
    public String words() {
        return "note changes no more";
    }
}
