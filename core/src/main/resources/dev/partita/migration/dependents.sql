-- What refers to a table or to its row type, and is neither a part of it nor a view.
-- \set table 16384
SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid) AS what
  FROM pg_depend d
 WHERE d.deptype = 'n'
   AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = :'table'::oid
        OR d.refclassid = 'pg_type'::regclass
           AND d.refobjid IN (SELECT t.oid FROM pg_class c JOIN pg_type t ON t.oid = c.reltype OR t.typelem = c.reltype AND c.reltype <> 0
                               WHERE c.oid = :'table'::oid))
   AND NOT EXISTS (SELECT FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'
                    WHERE d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid)
   AND NOT EXISTS (SELECT FROM pg_constraint con
                    WHERE d.classid = 'pg_constraint'::regclass AND con.oid = d.objid AND con.conrelid = :'table'::oid)
   AND NOT EXISTS (SELECT FROM pg_trigger t
                    WHERE d.classid = 'pg_trigger'::regclass AND t.oid = d.objid AND t.tgrelid = :'table'::oid)
   AND NOT EXISTS (SELECT FROM pg_attrdef a
                    WHERE d.classid = 'pg_attrdef'::regclass AND a.oid = d.objid AND a.adrelid = :'table'::oid)
   AND NOT EXISTS (SELECT FROM pg_policy p
                    WHERE d.classid = 'pg_policy'::regclass AND p.oid = d.objid AND p.polrelid = :'table'::oid)
   AND NOT EXISTS (SELECT FROM pg_index i
                    WHERE d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid AND i.indrelid = :'table'::oid)
   AND NOT EXISTS (SELECT FROM pg_statistic_ext s
                    WHERE d.classid = 'pg_statistic_ext'::regclass AND s.oid = d.objid AND s.stxrelid = :'table'::oid)
 UNION ALL
SELECT 'publication ' || quote_ident(p.pubname)
  FROM pg_publication_rel r
  JOIN pg_publication p ON p.oid = r.prpubid
 WHERE r.prrelid = :'table'::oid
 UNION ALL
SELECT 'rule ' || quote_ident(r.rulename)
  FROM pg_rewrite r
 WHERE r.ev_class = :'table'::oid
 ORDER BY 1
