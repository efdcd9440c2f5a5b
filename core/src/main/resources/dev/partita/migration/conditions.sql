-- The checks of a table. PostgreSQL 18 knows some that are written down only.
-- \set table 16384
SELECT con.conname AS name,
       pg_get_expr(con.conbin, con.conrelid) AS condition,
       coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true) AS enforced,
       con.convalidated AS proved
  FROM pg_constraint con
 WHERE con.conrelid = :'table'::oid
   AND con.contype = 'c'
 ORDER BY con.oid
