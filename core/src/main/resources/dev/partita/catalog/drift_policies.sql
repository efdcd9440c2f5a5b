-- Policies of the tables at the root, if row-level security is on there, that a partition below the given tables lacks: a policy of
-- the table does not hold for whoever speaks to the partition itself.
-- \set tables '{16384}'
WITH parents AS (
    SELECT parent AS oid, pg_partition_root(parent) AS root
      FROM unnest(:'tables'::oid[]) AS parent
)
SELECT i.inhrelid AS partition,
       wanted.polname AS policy,
       NOT wanted.polpermissive AS restrictive
  FROM parents above
  JOIN pg_policy wanted ON wanted.polrelid = above.root
  JOIN pg_class p ON p.oid = above.root AND p.relrowsecurity
  JOIN pg_inherits i ON i.inhparent = above.oid
 WHERE NOT EXISTS (SELECT
                     FROM pg_policy present
                    WHERE present.polrelid = i.inhrelid
                      AND present.polname = wanted.polname
                      AND present.polcmd = wanted.polcmd)
 ORDER BY 1, 2
