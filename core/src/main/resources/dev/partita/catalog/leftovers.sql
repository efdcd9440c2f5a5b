-- Checks that partita puts on a DEFAULT partition to spare a scan, and removes right after. One that is still there was
-- left behind by a crash. Found by name through the catalog's index on it.
SELECT con.conrelid AS "table",
       con.conname AS name
  FROM pg_constraint con
 WHERE con.conname LIKE 'partita\_excludes\_%'
   AND con.contype = 'c'
 ORDER BY con.conname
