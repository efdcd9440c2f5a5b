-- What partitions of the given tables grant otherwise than the table at the root; no grantee is PUBLIC. Owners have everything and do not
-- count, and most partitions have their parent's list to the letter.
-- \set tables '{16384}'
WITH parents AS (
    SELECT parent AS oid, pg_partition_root(parent) AS root
      FROM unnest(:'tables'::oid[]) AS parent
), differing AS (
    SELECT c.oid, c.relacl AS present, c.relowner AS owner, p.relacl AS wanted, p.relowner AS parent_owner
      FROM parents above
      JOIN pg_inherits i ON i.inhparent = above.oid
      JOIN pg_class c ON c.oid = i.inhrelid
      JOIN pg_class p ON p.oid = above.root
     WHERE c.relacl::text IS DISTINCT FROM p.relacl::text
)
SELECT d.oid AS partition,
       CASE WHEN g.grantee <> 0 THEN pg_get_userbyid(g.grantee) END AS grantee,
       g.privilege_type AS privilege,
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
 ORDER BY 1, 5, 2 NULLS FIRST, 3
