-- What became of statements that were begun by a session that is gone, as the catalog shows it now.
INSERT INTO partita.journal (os_user, run, begun, planned_for, plan, table_name, relation, what, reason, sql, outcome, detail,
                             attempts, waited_ms, took_ms)
SELECT j.os_user, j.run, j.id, j.planned_for, j.plan, j.table_name, j.relation, j.what, j.reason, j.sql, 'observed',
       'it was begun at ' || to_char(j.happened_at, 'YYYY-MM-DD HH24:MI:SS') || ' UTC and nobody wrote down how it ended; now '
           || j.relation || CASE
               WHEN r.oid IS NULL THEN ' does not exist'
               WHEN x.indexrelid IS NOT NULL AND NOT x.indisvalid THEN ' is an invalid index'
               WHEN x.indexrelid IS NOT NULL THEN ' is a valid index'
               WHEN i.inhdetachpending THEN ' is half detached'
               WHEN i.inhrelid IS NOT NULL THEN ' is a partition of ' || i.inhparent::regclass
               ELSE ' is a table of its own'
           END,
       j.attempts, j.waited_ms, 0
  FROM partita.journal j
  CROSS JOIN parse_ident(j.relation) AS names (part)
  LEFT JOIN pg_namespace n ON n.nspname = part[1]
  LEFT JOIN pg_class r ON r.relnamespace = n.oid AND r.relname = part[2]
  LEFT JOIN pg_inherits i ON i.inhrelid = r.oid
  LEFT JOIN pg_index x ON x.indexrelid = r.oid
 WHERE j.outcome = 'begun'
   AND NOT EXISTS (SELECT FROM partita.journal ended WHERE ended.begun = j.id)
   -- Others may not see since when a session is there; then the lease has to do, under which nobody is beside us.
   AND NOT EXISTS (SELECT
                     FROM pg_stat_activity a
                    WHERE a.pid = j.process AND a.pid <> pg_backend_pid() AND a.backend_start < j.happened_at)
