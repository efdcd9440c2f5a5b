-- Columns whose statistics target differs between a partition and its parent, both among the given relations. Not set is NULL from
-- PostgreSQL 17, -1 before; few are set, so those are looked for first.
-- \set tables '{16384}'
WITH chosen AS (
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
  JOIN pg_inherits i ON i.inhparent = wanted.attrelid
  JOIN pg_attribute a ON a.attrelid = i.inhrelid AND a.attname = wanted.attname
 WHERE coalesce(a.attstattarget, -1) <> wanted.attstattarget
 UNION ALL
SELECT present.attrelid, present.attname, present.attstattarget, -1
  FROM chosen present
  JOIN pg_inherits i ON i.inhrelid = present.attrelid
  JOIN pg_attribute a ON a.attrelid = i.inhparent AND a.attname = present.attname
 WHERE coalesce(a.attstattarget, -1) < 0
 ORDER BY 1, 2
