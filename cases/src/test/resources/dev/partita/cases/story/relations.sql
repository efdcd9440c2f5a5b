-- Every relation that is not the system's, with its place in the tree of partitions.
SELECT c.oid,
       i.inhparent AS parent,
       quote_ident(n.nspname) AS schema,
       quote_ident(c.relname) AS name,
       CASE c.relkind WHEN 'r' THEN 'a table' WHEN 'p' THEN 'a partitioned table' WHEN 'f' THEN 'a foreign table'
           WHEN 'v' THEN 'a view' WHEN 'm' THEN 'a materialized view' ELSE 'a sequence' END AS kind,
       CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS key,
       pg_get_expr(c.relpartbound, 0) AS bound,
       coalesce(i.inhdetachpending, false) AS pending
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
 WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'decoy')
   AND n.nspname NOT LIKE 'pg\_temp%'
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
