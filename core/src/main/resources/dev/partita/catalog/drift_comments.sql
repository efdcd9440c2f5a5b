-- Partitions below the given tables that have no comment, though the table at the root has one.
-- \set tables '{16384}'
WITH parents AS (
    SELECT parent AS oid, pg_partition_root(parent) AS root
      FROM unnest(:'tables'::oid[]) AS parent
)
SELECT i.inhrelid AS partition,
       wanted.description AS comment
  FROM parents above
  JOIN pg_description wanted ON wanted.objoid = above.root
  JOIN pg_inherits i ON i.inhparent = above.oid
 WHERE wanted.classoid = 'pg_class'::regclass
   AND wanted.objsubid = 0
   AND NOT EXISTS (SELECT
                     FROM pg_description present
                    WHERE present.classoid = 'pg_class'::regclass
                      AND present.objsubid = 0
                      AND present.objoid = i.inhrelid)
