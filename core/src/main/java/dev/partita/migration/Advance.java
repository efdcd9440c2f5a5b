package dev.partita.migration;

import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Moves the migration on when nothing of a phase is left to do.
 *
 * @param from where it is
 * @param to where it is from now on
 * @param more what else is written down with it
 */
record Advance(Rewrite rewrite, Phase from, Phase to, Sql more, Reason reason) implements MigrationStep {

    Advance(Rewrite rewrite, Phase from, Phase to, Reason reason) {
        this(rewrite, from, to, new Sql(""), reason);
    }

    @Override
    public TableName relation() {
        return rewrite.table();
    }

    @Override
    public List<Sql> sql() {
        return List.of();
    }

    @Override
    public List<Sql> notes() {
        return List.of(State.advance(rewrite.migration(), from, to, more));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of();
    }

    @Override
    public String words() {
        return "go on to " + to.word();
    }
}
