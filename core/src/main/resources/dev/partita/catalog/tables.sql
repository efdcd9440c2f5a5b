-- The wanted relations that exist, one row each. Only pg_class and what hangs on it: nothing here waits for a lock.
-- \set schemas '{public}'
-- \set names '{orders}'
SELECT wanted.place,
       c.oid,
       c.relkind,
       pg_get_userbyid(c.relowner) AS owner,
       c.reltuples,
       c.relrowsecurity,
       c.relforcerowsecurity,
       c.relreplident,
       s.spcname AS tablespace,
       am.amname AS access_method,
       obj_description(c.oid, 'pg_class') AS comment
  FROM unnest(:'schemas'::text[], :'names'::text[]) WITH ORDINALITY AS wanted (schema, name, place)
  JOIN pg_namespace n ON n.nspname = wanted.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name
  LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
  -- Before PostgreSQL 17 a partitioned table had no access method to pass on.
  LEFT JOIN pg_am am ON am.oid = c.relam AND c.relkind = 'p'
