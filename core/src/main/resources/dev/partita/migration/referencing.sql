-- The foreign keys of other tables that point at a table. They are found through pg_depend, because pg_constraint has no index for the
-- question.
-- \set table 16384
SELECT con.conname AS name,
       n.nspname AS schema,
       c.relname AS referencing,
       pg_get_constraintdef(con.oid) AS definition,
       obj_description(con.oid, 'pg_constraint') AS comment,
       con.convalidated AS proved,
       c.relkind = 'p' AS partitioned,
       pg_get_userbyid(c.relowner) AS owner,
       pg_has_role(t.relowner, c.relowner, 'USAGE') AS ours,
       ARRAY(SELECT a.attname::text
               FROM unnest(con.confkey) WITH ORDINALITY AS key (attnum, place)
               JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = key.attnum
              ORDER BY key.place) AS columns
  FROM pg_constraint con
  JOIN pg_class c ON c.oid = con.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class t ON t.oid = con.confrelid
 WHERE con.contype = 'f'
   AND con.conparentid = 0
   AND con.confrelid = :'table'::oid
   AND con.conrelid <> con.confrelid
   AND con.oid IN (SELECT d.objid
                     FROM pg_depend d
                    WHERE d.refclassid = 'pg_class'::regclass
                      AND d.refobjid = :'table'::oid
                      AND d.classid = 'pg_constraint'::regclass)
 ORDER BY n.nspname, c.relname, con.conname
