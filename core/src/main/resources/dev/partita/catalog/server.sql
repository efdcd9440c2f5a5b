-- Who answers. The state schema's version stands in its comment, because a comment can be read without any privilege.
SELECT current_setting('server_version_num')::int AS version,
       current_database() AS database,
       -- Everybody may call pg_control_system() unless a DBA has revoked it; what stands in for it then is the database's oid,
       -- which primary and standbys share as well but which is not unique among clusters.
       has_function_privilege('pg_control_system()', 'EXECUTE') AS may_identify,
       (SELECT oid FROM pg_database WHERE datname = current_database()) AS database_oid,
       current_user AS "user",
       pg_is_in_recovery() AS in_recovery,
       round(extract(epoch FROM current_setting('deadlock_timeout')::interval) * 1000)::bigint AS deadlock_timeout_ms,
       (SELECT array_agg(spcname::text) FROM pg_tablespace WHERE spcname <> 'pg_global') AS tablespaces,
       (SELECT substring(obj_description(n.oid, 'pg_namespace') FROM '^partita state schema, version (\d{1,6})')::int
          FROM pg_namespace n
         WHERE n.nspname = 'partita') AS state_schema,
       (SELECT n.nspname
          FROM pg_extension e
          JOIN pg_namespace n ON n.oid = e.extnamespace
          JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'part_config'
         WHERE e.extname = 'pg_partman'
           AND has_schema_privilege(n.oid, 'USAGE')
           AND has_table_privilege(c.oid, 'SELECT')) AS partman_schema
