-- Sessions whose snapshot is older than a transaction, as far as they can be seen.
-- \set settled 123456
SELECT a.pid, coalesce(a.usename, '') AS "user", coalesce(a.application_name, '') AS application,
       extract(epoch FROM clock_timestamp() - a.xact_start)::bigint AS seconds
  FROM pg_stat_activity a
 WHERE a.backend_xmin IS NOT NULL
   AND a.pid <> pg_backend_pid()
   AND a.datname = current_database()
   AND a.backend_type = 'client backend'
   AND age(a.backend_xmin) > (SELECT age(((:'settled'::bigint) % 4294967296)::text::xid))
 ORDER BY a.xact_start
