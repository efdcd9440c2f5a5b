package dev.partita.migration;

import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the new table its indexes, of which its leaves have their parts already, and has its own changes noted from now on, so
 * that nothing has to be made for that when it takes the old one's place.
 *
 * @param indexes all
 */
record IndexShadow(Rewrite rewrite, List<IndexShape> indexes, Reason reason) implements MigrationStep {

    IndexShadow {
        indexes = List.copyOf(indexes);
    }

    @Override
    public TableName relation() {
        return rewrite.shadow();
    }

    @Override
    public List<Sql> sql() {
        List<Sql> statements = new ArrayList<>();
        indexes.forEach(index -> statements.addAll(index.onShadow(rewrite.shadow())));
        statements.addAll(new Capture(rewrite, true, List.of(rewrite.target(false))).install());
        return statements;
    }

    @Override
    public List<Sql> notes() {
        return List.of(State.advance(rewrite.migration(), Phase.INDEXING, Phase.CATCHING_UP, State.SETTLED));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of();
    }

    @Override
    public String words() {
        return "index the new table";
    }
}
