-- The sequences that belong to the columns of a table. That of an identity cannot change its table, so it is told how a new one is
-- made like it.
-- \set table 16384
SELECT n.nspname AS schema,
       s.relname AS name,
       a.attname AS "column",
       CASE WHEN d.deptype = 'i' THEN CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END END AS identity,
       format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s',
              q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
              CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END) AS counting,
       ARRAY(SELECT format('REVOKE ALL ON SEQUENCE %I.%I FROM %s', n.nspname, s.relname,
                           CASE WHEN given.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(given.grantee)) END)
               FROM pg_default_acl def
              CROSS JOIN LATERAL aclexplode(def.defaclacl) AS given
              WHERE def.defaclobjtype = 'S'
                AND def.defaclnamespace IN (0, s.relnamespace)
                AND def.defaclrole = s.relowner
                AND given.grantee <> s.relowner
              GROUP BY given.grantee)
           || ARRAY(SELECT format('GRANT %s ON SEQUENCE %I.%I TO %s%s', acl.privilege_type, n.nspname, s.relname,
                                  CASE WHEN acl.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END,
                                  CASE WHEN bool_or(acl.is_grantable) THEN ' WITH GRANT OPTION' ELSE '' END)
                      FROM aclexplode(s.relacl) AS acl
                     WHERE acl.grantee <> s.relowner
                     GROUP BY acl.grantee, acl.privilege_type)
           || ARRAY(SELECT format('COMMENT ON SEQUENCE %I.%I IS %L', n.nspname, s.relname, obj_description(s.oid, 'pg_class'))
                     WHERE obj_description(s.oid, 'pg_class') IS NOT NULL) AS dress
  FROM pg_depend d
  JOIN pg_sequence q ON q.seqrelid = d.objid
  JOIN pg_class s ON s.oid = d.objid
  JOIN pg_namespace n ON n.oid = s.relnamespace
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
 WHERE d.refclassid = 'pg_class'::regclass
   AND d.refobjid = :'table'::oid
   AND d.classid = 'pg_class'::regclass
   AND d.deptype IN ('a', 'i')
 ORDER BY a.attnum, s.oid
