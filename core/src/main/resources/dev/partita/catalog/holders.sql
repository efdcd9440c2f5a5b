-- Who holds a lock on the given relations that makes others wait.
-- \set tables '{16384}'
SELECT DISTINCT a.pid, a.application_name
  FROM pg_locks l
  JOIN pg_stat_activity a USING (pid)
 WHERE l.relation = ANY (:'tables'::oid[])
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND l.mode = 'AccessExclusiveLock'
   AND l.granted
 ORDER BY a.pid
