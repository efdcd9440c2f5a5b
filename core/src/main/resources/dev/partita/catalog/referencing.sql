-- Foreign keys that point at the given tables, and which column of theirs holds the partition key.
-- \set tables '{16384}'
-- \set column created_at
SELECT con.confrelid AS "table",
       n.nspname AS schema,
       c.relname AS name,
       own.attname AS "column"
  FROM pg_constraint con
  CROSS JOIN LATERAL unnest(con.conkey, con.confkey) AS pair (own, theirs)
  JOIN pg_attribute own ON own.attrelid = con.conrelid AND own.attnum = pair.own
  JOIN pg_attribute theirs ON theirs.attrelid = con.confrelid AND theirs.attnum = pair.theirs
  JOIN pg_class c ON c.oid = con.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE con.contype = 'f'
   AND con.conparentid = 0
   AND con.confrelid = ANY (:'tables'::oid[])
   AND theirs.attname = :'column'
 ORDER BY n.nspname, c.relname, own.attname
