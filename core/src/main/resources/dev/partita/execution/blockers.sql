-- Who holds which lock on the given relations, for telling whom a step waits for. Filtered by mode afterwards.
-- Roles see state and times of their own sessions only, unless they may read all statistics.
-- \set relations '{shop.orders}'
SELECT wanted.name AS relation,
       l.mode,
       coalesce(l.pid, 0) AS pid,
       coalesce(a.application_name, '') AS application,
       coalesce(a.usename, '') AS role,
       coalesce(a.state, a.backend_type, CASE WHEN l.pid IS NULL THEN 'a prepared transaction' END, 'state not visible to us') AS state,
       coalesce(extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.query_start, a.backend_start)), 0)::bigint AS seconds
  FROM unnest(:'relations'::text[]) AS wanted (name)
  JOIN pg_locks l ON l.relation = to_regclass(wanted.name)
  LEFT JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'relation'
   -- What serializable transactions note about their reads is no lock: nobody waits for it.
   AND l.mode <> 'SIReadLock'
   AND l.granted
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND l.pid IS DISTINCT FROM pg_backend_pid()
 ORDER BY pid, relation, l.mode
