package dev.partita.step;

import dev.partita.catalog.Marker;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Writes into a partition's comment that it is being retired, before {@link DetachConcurrently}, which cannot share a
 * transaction with anything. Whoever finds a half-detached partition later knows by it that finishing is what was meant.
 *
 * @param partition what is marked
 * @param comment its new comment: the marker, and what stood there
 */
public record MarkPartition(TableName table, Attached partition, Marker.Comment comment, Reason reason)
        implements Step {

    @Override
    public TableName relation() {
        return partition.name();
    }

    @Override
    public List<Sql> sql() {
        return List.of(
                Sql.of("LOCK TABLE ONLY {} IN {} MODE", partition.name(), Lock.SHARE_UPDATE_EXCLUSIVE),
                partition.guard(),
                Sql.of("COMMENT ON TABLE {} IS {}", partition.name(), Literal.of(comment.text())));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(partition.name(), Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "mark partition";
    }

    @Override
    public boolean retires() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.markPartition(this);
    }
}
