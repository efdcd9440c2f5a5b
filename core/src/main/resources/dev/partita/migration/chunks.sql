-- The first ranges of blocks that are not copied yet; those behind them have their turn later.
-- \set migration 1
SELECT n.nspname AS schema, c.relname AS heap, k.heap::bigint AS identity, k.first_block, k.end_block
  FROM partita.migration_chunk k
  JOIN pg_class c ON c.oid = k.heap
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE k.migration = :'migration'::bigint
   AND k.done_at IS NULL
 ORDER BY k.heap, k.first_block
 LIMIT 4096
