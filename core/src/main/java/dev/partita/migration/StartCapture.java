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
 * @param heaps where the old rows lie
 * @param chunk so many blocks are copied at once
 */
record StartCapture(Rewrite rewrite, Heaps heaps, long chunk, Reason reason) implements MigrationStep {

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
        return Capture.of(rewrite, false).install();
    }

    @Override
    public List<Sql> notes() {
        return List.of(
                chunks(rewrite, heaps, chunk),
                State.advance(rewrite.migration(), Phase.PREPARING, Phase.COPYING, present(heaps)));
    }

    /** Divides the old rows as they lie now. */
    static Sql chunks(Rewrite rewrite, Heaps heaps, long chunk) {
        return Sql.of(
                "INSERT INTO partita.migration_chunk (migration, heap, first_block, end_block)"
                        + " SELECT {}, heap, b, least(b + {}, blocks) FROM ({}) AS old, generate_series(0, blocks - 1, {}) AS b",
                Literal.of(rewrite.migration()),
                Literal.of(chunk),
                heaps.sizes(),
                Literal.of(chunk));
    }

    /** Where the copy begins from, as more columns of an update. */
    static Sql present(Heaps heaps) {
        return Sql.of(
                ", horizon = pg_snapshot_xmin(pg_current_snapshot())::text::bigint, files = ({}),"
                        + " blocks = (SELECT coalesce(sum(blocks), 0) FROM ({}) AS s)",
                heaps.files(),
                heaps.sizes());
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
