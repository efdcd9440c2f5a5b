-- The checks of the given tables by name. Nothing here waits for a lock.
-- \set tables '{16384}'
SELECT con.conrelid AS "table",
       con.conname AS name
  FROM pg_constraint con
 WHERE con.conrelid = ANY (:'tables'::oid[])
   AND con.contype = 'c'
 ORDER BY 1, 2
