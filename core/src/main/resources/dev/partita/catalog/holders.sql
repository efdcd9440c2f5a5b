-- Who holds a lock on the given tables, or on a partition below them, that makes every reader wait.
-- \set tables '{16384}'
WITH RECURSIVE tree (oid) AS (
    SELECT unnest(:'tables'::oid[])
    UNION ALL
    SELECT i.inhrelid
      FROM tree
      JOIN pg_inherits i ON i.inhparent = tree.oid
)
SELECT DISTINCT a.pid, a.application_name AS application
  FROM pg_locks l
  JOIN pg_stat_activity a USING (pid)
 WHERE l.relation IN (SELECT oid FROM tree)
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND l.mode = 'AccessExclusiveLock'
   AND l.granted
 ORDER BY a.pid
