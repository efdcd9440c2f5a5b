-- The extended statistics of a table, each as it is made without its name and its table. No target is NULL from PostgreSQL 17, -1 before.
-- \set table 16384
WITH known AS (
    SELECT s.*, n.nspname, pg_get_statisticsobjdef(s.oid) AS definition,
           format('CREATE STATISTICS %I.%I', n.nspname, s.stxname) AS head,
           format(' FROM %s', s.stxrelid::regclass) AS last
      FROM pg_statistic_ext s
      JOIN pg_namespace n ON n.oid = s.stxnamespace
     WHERE s.stxrelid = :'table'::oid
)
SELECT k.nspname AS schema,
       k.stxname AS name,
       substr(k.definition, length(k.head) + 1, length(k.definition) - length(k.head) - length(k.last)) AS body,
       nullif(k.stxstattarget, -1)::int AS target
  FROM known k
 ORDER BY k.oid
