-- Columns whose statistics target differs between the given tables and a partition of theirs. Not set is NULL from PostgreSQL 17, -1
-- before.
-- \set tables '{16384}'
SELECT i.inhrelid AS partition,
       a.attname AS "column",
       coalesce(a.attstattarget, -1) AS target,
       coalesce(wanted.attstattarget, -1) AS parent_target
  FROM pg_inherits i
  JOIN pg_attribute a ON a.attrelid = i.inhrelid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_attribute wanted ON wanted.attrelid = i.inhparent AND wanted.attname = a.attname
 WHERE i.inhparent = ANY (:'tables'::oid[])
   AND coalesce(a.attstattarget, -1) <> coalesce(wanted.attstattarget, -1)
 ORDER BY 1, 2
