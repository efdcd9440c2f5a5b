-- Foreign keys from and to the given tables. For each partition PostgreSQL makes a copy that hangs on the one that was declared
-- (conparentid). Those that point at partitions of a referenced table count, because these are locked as well; those of a
-- referencing table's partitions do not. What points here is found through pg_depend, because pg_constraint has no index for
-- the question.
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
   AND (con.conparentid = 0 OR con.conrelid = ANY (:'tables'::oid[]))
   AND con.oid IN (
           SELECT own.oid
             FROM pg_constraint own
            WHERE own.conrelid = ANY (:'tables'::oid[])
           UNION ALL
           SELECT d.objid
             FROM pg_depend d
            WHERE d.refclassid = 'pg_class'::regclass
              AND d.refobjid = ANY (:'tables'::oid[])
              AND d.classid = 'pg_constraint'::regclass)
 ORDER BY con.conparentid <> 0, con.conname, nd.nspname, d.relname
