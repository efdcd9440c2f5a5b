-- The columns of the given tables that hold what was written into them, in order; generated ones hold what is computed.
-- \set tables '{16384}'
SELECT a.attname AS name
  FROM pg_attribute a
 WHERE a.attrelid = ANY (:'tables'::oid[])
   AND a.attnum > 0
   AND NOT a.attisdropped
   AND a.attgenerated = ''
 ORDER BY a.attrelid, a.attnum
