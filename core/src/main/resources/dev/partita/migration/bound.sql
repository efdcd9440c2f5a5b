-- What means a table by its identity and so would go on meaning the old one, with the statement that says it anew by the name; none
-- where there is no such statement.
-- \set table 16384
WITH about AS (
    SELECT c.oid, c.relowner, c.reltype, t.typarray
      FROM pg_class c
      JOIN pg_type t ON t.oid = c.reltype
     WHERE c.oid = :'table'::oid
), meant (class, oid) AS (
    SELECT 'pg_class'::regclass, a.oid FROM about a
     UNION ALL
    SELECT 'pg_type'::regclass, unnest(ARRAY[a.reltype, a.typarray]) FROM about a
     UNION ALL
    SELECT 'pg_constraint'::regclass, con.oid FROM about a JOIN pg_constraint con ON con.conrelid = a.oid
), referring AS (
    SELECT d.classid, d.objid, d.objsubid,
           bool_or(m.class = 'pg_type'::regclass) AS typed,
           bool_or(m.class = 'pg_constraint'::regclass) AS keyed
      FROM meant m
      JOIN pg_depend d ON d.refclassid = m.class AND d.refobjid = m.oid AND d.deptype = 'n'
     GROUP BY 1, 2, 3
), found AS (
    SELECT r.*, v.oid AS relation, v.relkind, v.relowner AS owner, v.relnamespace AS namespace, v.relpersistence = 't' AS temporary,
           CASE WHEN w.rulename <> '_RETURN' THEN 'CREATE OR REPLACE ' || substr(pg_get_ruledef(w.oid), length('CREATE ') + 1)
                WHEN v.relkind = 'v' THEN
                    format('CREATE OR REPLACE VIEW %s%s AS %s', v.oid::regclass,
                           CASE WHEN v.reloptions IS NULL THEN '' ELSE format(' WITH (%s)', array_to_string(v.reloptions, ', ')) END,
                           pg_get_viewdef(v.oid))
           END AS statement,
           CASE WHEN w.rulename = '_RETURN' THEN
               format('%s %s', CASE v.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, v.oid::regclass) END AS what
      FROM referring r
      JOIN pg_rewrite w ON r.classid = 'pg_rewrite'::regclass AND w.oid = r.objid AND w.ev_class <> (SELECT oid FROM about)
      JOIN pg_class v ON v.oid = w.ev_class
     UNION ALL
    SELECT r.*, NULL, NULL, p.proowner, p.pronamespace, false,
           CASE WHEN p.prosqlbody IS NOT NULL AND p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END, NULL
      FROM referring r
      JOIN pg_proc p ON r.classid = 'pg_proc'::regclass AND p.oid = r.objid
     UNION ALL
    SELECT r.*, c.oid, c.relkind, c.relowner, NULL, false,
           format('ALTER POLICY %I ON %s%s%s', p.polname, c.oid::regclass,
                  coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ''),
                  coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')), NULL
      FROM referring r
      JOIN pg_policy p ON r.classid = 'pg_policy'::regclass AND p.oid = r.objid AND p.polrelid <> (SELECT oid FROM about)
      JOIN pg_class c ON c.oid = p.polrelid
     UNION ALL
    SELECT r.*, NULL, NULL, NULL, NULL, false, NULL, NULL
      FROM referring r
     WHERE r.classid NOT IN ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_policy'::regclass)
       AND NOT EXISTS (SELECT FROM pg_constraint con
                        WHERE r.classid = 'pg_constraint'::regclass AND con.oid = r.objid
                          AND (con.conrelid = (SELECT oid FROM about) OR con.contype = 'f'))
       AND NOT EXISTS (SELECT FROM pg_trigger t
                        WHERE r.classid = 'pg_trigger'::regclass AND t.oid = r.objid AND t.tgrelid = (SELECT oid FROM about))
       AND NOT EXISTS (SELECT FROM pg_attrdef d
                        WHERE r.classid = 'pg_attrdef'::regclass AND d.oid = r.objid AND d.adrelid = (SELECT oid FROM about))
       AND NOT EXISTS (SELECT FROM pg_index i
                        WHERE r.classid = 'pg_class'::regclass AND i.indexrelid = r.objid AND i.indrelid = (SELECT oid FROM about))
       AND NOT EXISTS (SELECT FROM pg_publication_rel p
                        WHERE r.classid = 'pg_publication_rel'::regclass AND p.oid = r.objid AND p.prrelid = (SELECT oid FROM about))
       AND NOT EXISTS (SELECT FROM pg_statistic_ext s
                        WHERE r.classid = 'pg_statistic_ext'::regclass AND s.oid = r.objid AND s.stxrelid = (SELECT oid FROM about))
)
SELECT coalesce(f.what, pg_describe_object(f.classid, f.objid, f.objsubid)) AS what,
       CASE WHEN NOT f.typed AND NOT f.temporary THEN f.statement END AS statement,
       f.keyed,
       f.relkind = 'v' AS view,
       f.relkind = 'm' AS materialized,
       n.nspname AS schema,
       c.relname AS relation,
       pg_get_userbyid(f.owner) AS owner,
       f.owner IS NULL
           OR pg_has_role(a.relowner, f.owner, 'USAGE') AND (f.namespace IS NULL OR has_schema_privilege(a.relowner, f.namespace, 'CREATE'))
           AS ours
  FROM about a
 CROSS JOIN found f
  LEFT JOIN pg_class c ON c.oid = f.relation
  LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
 ORDER BY f.classid, f.objid, f.objsubid
