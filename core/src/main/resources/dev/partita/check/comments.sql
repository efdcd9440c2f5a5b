-- Partitions without a comment of tables with one.
-- \set tables '{16384}'
SELECT i.inhrelid AS partition,
       wanted.description AS comment
  FROM pg_description wanted
  JOIN pg_inherits i ON i.inhparent = wanted.objoid
 WHERE wanted.classoid = 'pg_class'::regclass
   AND wanted.objsubid = 0
   AND wanted.objoid = ANY (:'tables'::oid[])
   AND NOT EXISTS (SELECT
                     FROM pg_description present
                    WHERE present.classoid = 'pg_class'::regclass
                      AND present.objsubid = 0
                      AND present.objoid = i.inhrelid)
