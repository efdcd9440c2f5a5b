-- Views that read a table, in the order in which they can be made anew.
-- \set table 16384
SELECT DISTINCT v.oid, n.nspname AS schema, v.relname AS name, pg_get_viewdef(v.oid) AS definition,
       coalesce(array_to_string(v.reloptions, ', '), '') AS options
  FROM pg_depend d
  JOIN pg_rewrite r ON r.oid = d.objid
  JOIN pg_class v ON v.oid = r.ev_class
  JOIN pg_namespace n ON n.oid = v.relnamespace
 WHERE d.refclassid = 'pg_class'::regclass
   AND d.refobjid = :'table'::oid
   AND d.classid = 'pg_rewrite'::regclass
   AND v.relkind = 'v'
 ORDER BY v.oid
