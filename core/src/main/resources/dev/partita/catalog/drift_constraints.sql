-- Checks and foreign keys of the given partitions that their parent does not have, or that are not validated.
-- \set tables '{16384}'
SELECT con.conrelid AS partition,
       con.conname AS name,
       con.contype = 'f' AS references,
       -- What is not enforced (from 18 on) is never validated.
       con.convalidated OR to_jsonb(con) ->> 'conenforced' = 'false' AS validated,
       -- PostgreSQL looks at all below when the parent's is validated.
       con.contype = 'c' AND NOT EXISTS (SELECT
                                           FROM pg_inherits i
                                           JOIN pg_constraint above ON above.conrelid = i.inhparent
                                          WHERE i.inhrelid = con.conrelid
                                            AND above.conname = con.conname
                                            AND NOT above.convalidated) AS alone,
       con.conparentid = 0 AND con.coninhcount = 0 AS own
  FROM pg_constraint con
 WHERE con.conrelid = ANY (:'tables'::oid[])
   AND con.contype IN ('c', 'f')
   AND (con.conparentid = 0 AND con.coninhcount = 0 OR NOT con.convalidated)
   AND con.conname NOT LIKE 'partita\_excludes\_%'
 ORDER BY 1, 2
