-- The leaves of a partitioned table, what indexes they have, and whether they were vacuumed since they were filled.
-- \set table 16384
SELECT n.nspname AS schema, c.relname AS name, c.relpages > 0 AS filled, c.relallvisible > 0 AS vacuumed,
       ARRAY(SELECT x.relname::text FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
              WHERE i.indrelid = c.oid AND i.indisvalid ORDER BY 1) AS indexes,
       ARRAY(SELECT con.conname::text FROM pg_constraint con WHERE con.conrelid = c.oid AND con.contype = 'f' AND NOT con.convalidated ORDER BY 1)
           AS unproven
  FROM pg_partition_tree(:'table'::oid::regclass) p
  JOIN pg_class c ON c.oid = p.relid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE p.isleaf
   AND c.relkind = 'r'
 ORDER BY c.oid
