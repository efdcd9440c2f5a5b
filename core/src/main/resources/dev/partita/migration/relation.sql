-- How a table is stored.
-- \set table 16384
SELECT c.relpersistence = 'p' AS logged, c.relforcerowsecurity AS forced, c.relispartition AS partition,
       EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)) AS inherits,
       coalesce(pg_relation_filenode(c.oid), 0)::bigint AS filenode,
       coalesce(array_to_string(c.reloptions, E'\n'), '') AS options,
       coalesce((SELECT array_to_string(t.reloptions, E'\n') FROM pg_class t WHERE t.oid = c.reltoastrelid), '') AS toast
  FROM pg_class c
 WHERE c.oid = :'table'::oid
