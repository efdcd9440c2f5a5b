-- Foreign keys from and to the given tables. The copies that PostgreSQL makes for each partition hang on the one that was
-- declared (conparentid) and are left out.
-- \set tables '{16384}'
SELECT con.conrelid AS referencing,
       nr.nspname AS referencing_schema,
       r.relname AS referencing_name,
       con.confrelid AS referenced,
       nd.nspname AS referenced_schema,
       d.relname AS referenced_name
  FROM pg_constraint con
  JOIN pg_class r ON r.oid = con.conrelid
  JOIN pg_namespace nr ON nr.oid = r.relnamespace
  JOIN pg_class d ON d.oid = con.confrelid
  JOIN pg_namespace nd ON nd.oid = d.relnamespace
 WHERE con.contype = 'f'
   AND con.conparentid = 0
   AND (con.conrelid = ANY (:'tables'::oid[]) OR con.confrelid = ANY (:'tables'::oid[]))
 ORDER BY con.conname
