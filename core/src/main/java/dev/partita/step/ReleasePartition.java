package dev.partita.step;

import dev.partita.catalog.Marker;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Writes into the comment of a retired partition that nobody needs it any more, so that a later run may drop it.
 *
 * @param partition what is let go
 * @param comment its new comment
 */
public record ReleasePartition(TableName table, Retired partition, Marker.Comment comment, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return partition.changed(Sql.of("COMMENT ON TABLE {} IS {}", partition.name(), Literal.of(comment.text())));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(partition.lock());
    }

    @Override
    public String words() {
        return "release partition";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.releasePartition(this);
    }
}
