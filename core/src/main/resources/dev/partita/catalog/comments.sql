-- What stands in the comments of the given tables.
-- \set tables '{16384}'
SELECT d.objoid AS oid,
       d.description AS comment
  FROM pg_description d
 WHERE d.classoid = 'pg_class'::regclass
   AND d.objsubid = 0
   AND d.objoid = ANY (:'tables'::oid[])
