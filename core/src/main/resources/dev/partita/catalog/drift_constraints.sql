-- Checks and foreign keys of the given partitions that their parent does not have, or that are not validated.
-- \set tables '{16384}'
SELECT con.conrelid AS partition,
       con.conname AS name,
       con.contype = 'f' AS references,
       con.convalidated AS validated,
       con.conparentid = 0 AND con.coninhcount = 0 AS own
  FROM pg_constraint con
 WHERE con.conrelid = ANY (:'tables'::oid[])
   AND con.contype IN ('c', 'f')
   AND (con.conparentid = 0 AND con.coninhcount = 0 OR NOT con.convalidated)
   AND con.conname NOT LIKE 'partita\_excludes\_%'
 ORDER BY 1, 2
