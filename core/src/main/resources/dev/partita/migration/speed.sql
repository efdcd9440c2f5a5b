-- How fast one connection copies, by the pieces that were copied last.
-- \set migration 1
SELECT coalesce(sum(c.blocks) / nullif(sum(c.seconds), 0), 0) AS blocks_per_second
  FROM (SELECT h.end_block - h.first_block AS blocks, extract(epoch FROM h.done_at - h.began_at) AS seconds
          FROM partita.migration_chunk h
         WHERE h.migration = :'migration'::bigint
           AND h.done_at IS NOT NULL
           AND h.began_at IS NOT NULL
         ORDER BY h.done_at DESC
         LIMIT 16) AS c
