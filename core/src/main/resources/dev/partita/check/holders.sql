-- Who holds a lock on the given relations, or waits for one, behind which every reader has to wait.
-- \set tables '{16384}'
SELECT l.relation,
       string_agg(DISTINCT 'pid ' || l.pid || coalesce(' (' || nullif(a.application_name, '') || ')', ''), ', ') AS sessions
  FROM pg_locks l
  LEFT JOIN pg_stat_activity a USING (pid)
 WHERE l.locktype = 'relation'
   AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
   AND l.relation = ANY (:'tables'::oid[])
   AND l.mode = 'AccessExclusiveLock'
 GROUP BY l.relation
