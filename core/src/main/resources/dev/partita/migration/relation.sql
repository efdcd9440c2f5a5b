-- How a table is stored.
-- \set table 16384
SELECT coalesce(array_to_string(c.reloptions, E'\n'), '') AS options,
       coalesce((SELECT array_to_string(t.reloptions, E'\n') FROM pg_class t WHERE t.oid = c.reltoastrelid), '') AS toast
  FROM pg_class c
 WHERE c.oid = :'table'::oid
