-- Policies of the given tables, if row-level security is on there, that a partition of theirs lacks: a policy of the parent does not
-- hold for whoever speaks to the partition itself.
-- \set tables '{16384}'
SELECT i.inhrelid AS partition,
       wanted.polname AS policy,
       NOT wanted.polpermissive AS restrictive
  FROM pg_policy wanted
  JOIN pg_class p ON p.oid = wanted.polrelid AND p.relrowsecurity
  JOIN pg_inherits i ON i.inhparent = p.oid
  JOIN pg_class c ON c.oid = i.inhrelid AND c.relrowsecurity
 WHERE wanted.polrelid = ANY (:'tables'::oid[])
   AND NOT EXISTS (SELECT
                     FROM pg_policy present
                    WHERE present.polrelid = i.inhrelid
                      AND present.polname = wanted.polname
                      AND present.polcmd = wanted.polcmd)
 ORDER BY 1, 2
