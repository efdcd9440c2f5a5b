-- What partitions of the given tables grant otherwise than the table at the root, on the whole or on a column; no grantee is PUBLIC. Owners have everything and do not
-- count, and most partitions have their parent's list to the letter.
-- \set tables '{16384}'
WITH parents AS (
    SELECT parent AS oid, pg_partition_root(parent) AS root
      FROM unnest(:'tables'::oid[]) AS parent
), granted AS (
    -- Few columns have grants of their own.
    SELECT attrelid, attname, attacl FROM pg_attribute WHERE attacl IS NOT NULL AND attnum > 0 AND NOT attisdropped
), differing AS (
    SELECT c.oid, NULL::name AS "column", c.relacl AS present, c.relowner AS owner, p.relacl AS wanted, p.relowner AS parent_owner
      FROM parents above
      JOIN pg_inherits i ON i.inhparent = above.oid
      JOIN pg_class c ON c.oid = i.inhrelid
      JOIN pg_class p ON p.oid = above.root
     WHERE c.relacl::text IS DISTINCT FROM p.relacl::text
     UNION ALL
    SELECT c.oid, wanted.attname, present.attacl, c.relowner, wanted.attacl, p.relowner
      FROM granted wanted
      JOIN parents above ON above.root = wanted.attrelid
      JOIN pg_class p ON p.oid = above.root
      JOIN pg_inherits i ON i.inhparent = above.oid
      JOIN pg_class c ON c.oid = i.inhrelid
      LEFT JOIN granted present ON present.attrelid = c.oid AND present.attname = wanted.attname
     WHERE present.attacl::text IS DISTINCT FROM wanted.attacl::text
     UNION ALL
    SELECT c.oid, present.attname, present.attacl, c.relowner, NULL, p.relowner
      FROM granted present
      JOIN pg_inherits i ON i.inhrelid = present.attrelid
      JOIN parents above ON above.oid = i.inhparent
      JOIN pg_class p ON p.oid = above.root
      JOIN pg_class c ON c.oid = i.inhrelid
     WHERE NOT EXISTS (SELECT
                         FROM granted wanted
                        WHERE wanted.attrelid = above.root
                          AND wanted.attname = present.attname)
)
SELECT d.oid AS partition,
       CASE WHEN g.grantee <> 0 THEN pg_get_userbyid(g.grantee) END AS grantee,
       g.privilege_type AS privilege,
       d."column",
       g.is_grantable AS grantable,
       g.missing
  FROM differing d
 CROSS JOIN LATERAL (
           SELECT wanted.grantee, wanted.privilege_type, wanted.is_grantable, true AS missing
             FROM aclexplode(d.wanted) AS wanted
            WHERE NOT EXISTS (SELECT
                                FROM aclexplode(d.present) AS present
                               WHERE present.grantee = wanted.grantee
                                 AND present.privilege_type = wanted.privilege_type
                                 AND present.is_grantable >= wanted.is_grantable)
            UNION ALL
           SELECT present.grantee, present.privilege_type, present.is_grantable, false
             FROM aclexplode(d.present) AS present
            WHERE NOT EXISTS (SELECT
                                FROM aclexplode(d.wanted) AS wanted
                               WHERE wanted.grantee = present.grantee
                                 AND wanted.privilege_type = present.privilege_type
                                 AND wanted.is_grantable >= present.is_grantable)) AS g
 WHERE g.grantee NOT IN (d.owner, d.parent_owner)
 ORDER BY 1, g.missing, 2 NULLS FIRST, 3, 4 NULLS FIRST
