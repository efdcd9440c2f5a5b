-- The foreign keys of a table.
-- \set table 16384
SELECT con.conname AS name, pg_get_constraintdef(con.oid) AS definition, n.nspname AS schema, c.relname AS referenced,
       obj_description(con.oid, 'pg_constraint') AS comment
  FROM pg_constraint con
  JOIN pg_class c ON c.oid = con.confrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE con.conrelid = :'table'::oid
   AND con.contype = 'f'
   AND con.conparentid = 0
 ORDER BY con.oid
