-- Tables that partita took out of others, by the marker in their comment, with their foreign keys. Nothing here waits for a lock.
SELECT c.oid,
       n.nspname AS schema,
       c.relname AS name,
       c.relkind,
       d.description AS comment,
       c.relpages AS pages,
       c.reltuples,
       con.conname AS foreign_key,
       rn.nspname AS referenced_schema,
       r.relname AS referenced
  FROM pg_description d
  JOIN pg_class c ON c.oid = d.objoid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_constraint con ON con.conrelid = c.oid AND con.contype = 'f' AND con.conparentid = 0
  LEFT JOIN pg_class r ON r.oid = con.confrelid
  LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
 WHERE d.classoid = 'pg_class'::regclass
   AND d.objsubid = 0
   AND d.description LIKE 'partita: retired at %'
   AND NOT c.relispartition
 ORDER BY c.oid, con.conname
