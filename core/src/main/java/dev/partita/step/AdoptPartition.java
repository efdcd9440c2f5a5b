package dev.partita.step;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Writes into the comment of a partition, or of a table that was one, that it is partita's from now on, because a person says so.
 *
 * @param relation what is adopted
 * @param oid its identity
 * @param place where it is attached; empty for a table that is attached to nothing
 * @param comment its new comment
 */
public record AdoptPartition(
        TableName table, TableName relation, long oid, Optional<Attached> place, String comment, Reason reason)
        implements Step {

    @Override
    public List<Sql> sql() {
        return List.of(onIt().statement(), guard(), Sql.of("COMMENT ON TABLE {} IS {}", relation, Literal.of(comment)));
    }

    private Sql guard() {
        return place.map(Attached::guard)
                .orElseGet(() -> Identity.guard(
                        Sql.of(
                                "SELECT FROM pg_catalog.pg_class c WHERE c.oid = {} AND c.oid = to_regclass({})"
                                        + " AND NOT c.relispartition",
                                new Sql(Long.toString(oid)),
                                Literal.of(relation.sql())),
                        relation.sql() + " is not the table that was meant, or is attached to another"));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onIt());
    }

    private RelationLock onIt() {
        return new RelationLock(relation, Lock.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public String words() {
        return "adopt partition";
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.adoptPartition(this);
    }
}
