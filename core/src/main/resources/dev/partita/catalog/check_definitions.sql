-- The checks of the given tables as the server prints them; that opens the table, so this query may wait for a lock on one of them.
-- \set tables '{16384}'
SELECT con.conrelid AS "table",
       con.conname AS name,
       pg_get_constraintdef(con.oid) AS definition
  FROM pg_constraint con
 WHERE con.conrelid = ANY (:'tables'::oid[])
   AND con.contype = 'c'
 ORDER BY 1, 2
