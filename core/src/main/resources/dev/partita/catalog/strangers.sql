-- Roles that default privileges would give something on a new table beside the given ones, though the given ones do not
-- give it; no grantee is PUBLIC. Default privileges are those of the role that creates, so both the owner and we count.
-- \set tables '{16384}'
SELECT DISTINCT
       c.oid AS "table",
       CASE WHEN given.grantee <> 0 THEN pg_get_userbyid(given.grantee) END AS grantee
  FROM pg_class c
  JOIN pg_default_acl d
    ON d.defaclobjtype = 'r'
   AND d.defaclnamespace IN (0, c.relnamespace)
   AND d.defaclrole IN (c.relowner, (SELECT oid FROM pg_roles WHERE rolname = current_user))
 CROSS JOIN LATERAL aclexplode(d.defaclacl) AS given
 WHERE c.oid = ANY (:'tables'::oid[])
   AND given.grantee NOT IN (c.relowner, d.defaclrole)
   AND NOT EXISTS (
           SELECT
             FROM aclexplode(c.relacl) AS acl
            WHERE acl.grantee = given.grantee
              AND acl.privilege_type = given.privilege_type
              AND acl.is_grantable >= given.is_grantable)
 ORDER BY 1, 2 NULLS FIRST
