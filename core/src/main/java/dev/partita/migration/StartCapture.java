package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Lock;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Begins to note what changes in the old table, and remembers what it was in that moment: how long, in which file, and before
 * which transaction. Whatever an older one has written is there, and stays where it is; whatever a younger one writes is noted.
 *
 * <p>Writers wait while it is done, and it waits for those that are under way; readers do not.
 *
 * @param source the identity of the old table
 * @param chunk so many blocks are copied at once
 */
record StartCapture(Rewrite rewrite, long source, long chunk, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.table();
    }

    private RelationLock onSource() {
        return new RelationLock(rewrite.table(), Lock.SHARE_ROW_EXCLUSIVE);
    }

    @Override
    public Optional<Sql> lock() {
        return Optional.of(onSource().statement());
    }

    @Override
    public List<Sql> sql() {
        return new Capture(rewrite, rewrite.table(), rewrite.log()).install();
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                chunks(rewrite, source, chunk),
                State.advance(rewrite.migration(), Phase.PREPARING, Phase.COPYING, present(source)));
    }

    /** Divides the table as it is now. */
    static Sql chunks(Rewrite rewrite, long source, long chunk) {
        return Sql.of(
                "INSERT INTO partita.migration_chunk (migration, first_block, end_block)"
                        + " SELECT {}, b, least(b + {}, size) FROM (SELECT pg_relation_size({}::oid::regclass)"
                        + " / current_setting('block_size')::int AS size) AS old, generate_series(0, size - 1, {}) AS b",
                Literal.of(rewrite.migration()),
                Literal.of(chunk),
                Literal.of(source),
                Literal.of(chunk));
    }

    /** Where the copy begins from, as more columns of an update. */
    static Sql present(long source) {
        return Sql.of(
                ", horizon = pg_snapshot_xmin(pg_current_snapshot())::text::bigint,"
                        + " filenode = pg_relation_filenode({}::oid::regclass),"
                        + " blocks = pg_relation_size({}::oid::regclass) / current_setting('block_size')::int",
                Literal.of(source),
                Literal.of(source));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of(onSource());
    }

    @Override
    public String words() {
        return "note changes from here on";
    }
}
