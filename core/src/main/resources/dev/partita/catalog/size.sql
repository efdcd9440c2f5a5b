-- How large a table is right now, all below it included, in pages of 8 KiB. Opens each table, so it waits for locks.
-- \set tables '{16384}'
WITH RECURSIVE tree (oid) AS (
    SELECT unnest(:'tables'::oid[])
    UNION ALL
    SELECT i.inhrelid
      FROM tree
      JOIN pg_inherits i ON i.inhparent = tree.oid
)
SELECT coalesce(sum(pg_relation_size(oid)), 0)::bigint / 8192 AS pages
  FROM tree
