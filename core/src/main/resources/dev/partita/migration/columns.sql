-- The columns of a table: whether they can be written, what the planner was told of them, and whether their values have a hash.
-- \set table 16384
SELECT a.attname AS name,
       a.attgenerated <> '' AS generated,
       coalesce(array_to_string(a.attoptions, ', '), '') AS options,
       EXISTS (SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod
                WHERE m.amname = 'hash' AND o.opcintype = a.atttypid) AS hashable
  FROM pg_attribute a
 WHERE a.attrelid = :'table'::oid
   AND a.attnum > 0
   AND NOT a.attisdropped
 ORDER BY a.attnum
