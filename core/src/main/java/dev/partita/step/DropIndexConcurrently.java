package dev.partita.step;

import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Drops an index of one partition while everybody reads and writes; never one that is part of the table's index, which PostgreSQL
 * refuses as well.
 *
 * @param partition whose index it is
 * @param name how the index is called
 * @param invalid whether it is what an interrupted build left, and must be invalid and under nobody's hands; otherwise it is valid
 */
public record DropIndexConcurrently(
        TableName table, TableName partition, Identifier name, boolean invalid, Reason reason) implements Concurrent {

    /** The index; it lies in its partition's schema. */
    @Override
    public TableName relation() {
        return partition.sibling(name);
    }

    @Override
    public String elsewhere() {
        return relation().sql()
                + (invalid
                        ? " is no invalid index of " + partition.sql() + ", or somebody is building it"
                        : " is no index of " + partition.sql() + " by itself");
    }

    @Override
    public Sql found() {
        Sql index = Sql.of(
                "SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid"
                        + " WHERE i.indexrelid = to_regclass({}) AND i.indrelid = to_regclass({})"
                        + " AND NOT c.relispartition AND i.indisvalid = {}",
                Literal.of(relation().sql()),
                Literal.of(partition.sql()),
                new Sql(Boolean.toString(!invalid)));
        return invalid
                ? Sql.of(
                        "{} AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p"
                                + " JOIN pg_catalog.pg_locks l ON l.pid = p.pid WHERE l.relation = i.indrelid)",
                        index)
                : index;
    }

    @Override
    public List<Sql> sql() {
        return List.of(Sql.of("DROP INDEX CONCURRENTLY {}", relation()));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(new RelationLock(partition, Lock.SHARE_UPDATE_EXCLUSIVE));
    }

    /** For everybody who uses the partition and may still use the index. */
    @Override
    public List<RelationLock> waitsFor() {
        return List.of(new RelationLock(partition, Lock.ACCESS_EXCLUSIVE));
    }

    @Override
    public String words() {
        return "drop index concurrently";
    }

    @Override
    public boolean builds() {
        return true;
    }

    @Override
    public <R> R accept(StepVisitor<R> visitor) {
        return visitor.dropIndexConcurrently(this);
    }
}
