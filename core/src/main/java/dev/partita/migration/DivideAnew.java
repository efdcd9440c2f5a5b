package dev.partita.migration;

import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.table.TableName;
import java.util.List;

/**
 * Divides what is not copied yet into pieces of another size. What is copied stays as it is.
 *
 * @param chunk so many blocks are copied at once
 */
record DivideAnew(Rewrite rewrite, long chunk, Reason reason) implements MigrationStep {

    @Override
    public TableName relation() {
        return rewrite.shadow();
    }

    @Override
    public List<Sql> sql() {
        return List.of();
    }

    /** Neighbours are joined first: of each stretch without a gap only the last piece is smaller. */
    @Override
    public List<Sql> notes() {
        return List.of(Sql.of(
                """
                WITH undone AS (
                    DELETE FROM partita.migration_chunk WHERE migration = {} AND done_at IS NULL RETURNING heap, first_block, end_block
                ), marked AS (
                    SELECT heap, first_block, end_block,
                           first_block IS DISTINCT FROM lag(end_block) OVER (PARTITION BY heap ORDER BY first_block) AS begins
                      FROM undone
                ), numbered AS (
                    SELECT heap, first_block, end_block,
                           count(*) FILTER (WHERE begins) OVER (PARTITION BY heap ORDER BY first_block) AS stretch
                      FROM marked
                ), stretch AS (
                    SELECT heap, min(first_block) AS first, max(end_block) AS stop FROM numbered GROUP BY heap, stretch
                )
                INSERT INTO partita.migration_chunk (migration, heap, first_block, end_block)
                SELECT {}, heap, b, least(b + {}, stop) FROM stretch, generate_series(first, stop - 1, {}) AS b""",
                Literal.of(rewrite.migration()),
                Literal.of(rewrite.migration()),
                Literal.of(chunk),
                Literal.of(chunk)));
    }

    @Override
    public List<RelationLock> locks() {
        return List.of();
    }

    @Override
    public String words() {
        return "divide what is left to copy";
    }
}
