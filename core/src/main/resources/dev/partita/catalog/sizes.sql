-- How large tables are right now, with their indexes and TOAST, in bytes. The functions open each table, so those are left out
-- on which somebody holds or awaits a lock that would make us wait.
-- \set tables '{16384}'
SELECT t.oid,
       pg_total_relation_size(t.oid) AS bytes
  FROM unnest(:'tables'::oid[]) AS t (oid)
 WHERE NOT EXISTS (SELECT
                     FROM pg_locks l
                    WHERE l.locktype = 'relation'
                      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
                      AND l.relation = t.oid
                      AND l.mode = 'AccessExclusiveLock')
