-- Who may do what with the given tables and their columns, the owner left out; no grantee is PUBLIC.
-- \set tables '{16384}'
SELECT c.oid AS "table",
       CASE WHEN acl.grantee <> 0 THEN pg_get_userbyid(acl.grantee) END AS grantee,
       acl.privilege_type AS privilege,
       NULL AS "column",
       bool_or(acl.is_grantable) AS grantable
  FROM pg_class c
 CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
 WHERE c.oid = ANY (:'tables'::oid[])
   AND acl.grantee <> c.relowner
 GROUP BY 1, 2, 3
UNION ALL
SELECT c.oid,
       CASE WHEN acl.grantee <> 0 THEN pg_get_userbyid(acl.grantee) END,
       acl.privilege_type,
       a.attname,
       bool_or(acl.is_grantable)
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
 WHERE c.oid = ANY (:'tables'::oid[])
   AND acl.grantee <> c.relowner
 GROUP BY 1, 2, 3, 4
 ORDER BY 1, 4 NULLS FIRST, 2 NULLS FIRST, 3
