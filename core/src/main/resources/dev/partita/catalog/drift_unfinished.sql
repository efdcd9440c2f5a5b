-- Indexes that the given tables have and a partition of theirs lacks. PostgreSQL allows that only while the table's own index is
-- invalid: made with ON ONLY, it waits for the partitions'.
-- \set tables '{16384}'
SELECT i.inhrelid AS partition,
       c.relname AS index
  FROM pg_index wanted
  JOIN pg_class c ON c.oid = wanted.indexrelid
  JOIN pg_inherits i ON i.inhparent = wanted.indrelid
 WHERE wanted.indrelid = ANY (:'tables'::oid[])
   AND NOT wanted.indisvalid
   AND NOT EXISTS (SELECT
                     FROM pg_inherits part
                     JOIN pg_index present ON present.indexrelid = part.inhrelid
                    WHERE part.inhparent = wanted.indexrelid
                      AND present.indrelid = i.inhrelid)
 ORDER BY 1, 2
