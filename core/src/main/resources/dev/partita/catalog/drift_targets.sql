-- Columns whose statistics target differs between a partition below the given relations and its table at the root. Not set is NULL
-- from PostgreSQL 17, -1 before; few are set, so those are looked for first.
-- \set tables '{16384}'
WITH parents AS (
    SELECT parent AS oid, pg_partition_root(parent) AS root
      FROM unnest(:'tables'::oid[]) AS parent
), chosen AS (
    SELECT a.attrelid, a.attname, a.attstattarget
      FROM pg_attribute a
     WHERE a.attrelid = ANY (:'tables'::oid[])
       AND a.attnum > 0
       AND a.attstattarget >= 0
       AND NOT a.attisdropped
)
SELECT i.inhrelid AS partition,
       wanted.attname AS "column",
       coalesce(a.attstattarget, -1) AS target,
       wanted.attstattarget AS parent_target
  FROM chosen wanted
  JOIN parents above ON above.root = wanted.attrelid
  JOIN pg_inherits i ON i.inhparent = above.oid
  JOIN pg_attribute a ON a.attrelid = i.inhrelid AND a.attname = wanted.attname
 WHERE coalesce(a.attstattarget, -1) <> wanted.attstattarget
 UNION ALL
SELECT present.attrelid, present.attname, present.attstattarget, -1
  FROM chosen present
  JOIN pg_inherits i ON i.inhrelid = present.attrelid
  JOIN parents above ON above.oid = i.inhparent
  JOIN pg_attribute a ON a.attrelid = above.root AND a.attname = present.attname
 WHERE coalesce(a.attstattarget, -1) < 0
 ORDER BY 1, 2
