-- All that is said of a table and of what belongs to it, one trait a row, so that two tables can be held against each other. Foreign keys
-- of its own are left out, because the new table gets them afterwards.
-- \set table 'shop.orders'
WITH about AS (
    SELECT c.*, n.nspname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid = :'table'::regclass
), own AS (
    SELECT a.* FROM pg_attribute a WHERE a.attrelid = (SELECT oid FROM about) AND a.attnum > 0 AND NOT a.attisdropped
), rights (kind, name, acl, owner) AS (
    SELECT 'table', '', coalesce(relacl, acldefault('r', relowner)), relowner FROM about
     UNION ALL
    SELECT 'column', attname, attacl, (SELECT relowner FROM about) FROM own WHERE attacl IS NOT NULL
     UNION ALL
    SELECT 'sequence', s.relname, coalesce(s.relacl, acldefault('s', s.relowner)), s.relowner
      FROM own
      JOIN pg_class s ON s.oid = pg_get_serial_sequence((SELECT format('%I.%I', nspname, relname) FROM about), attname)::regclass
)
SELECT 'table' AS kind, '' AS name,
       ROW(pg_get_userbyid(relowner), relpersistence, relrowsecurity, relforcerowsecurity, relreplident, reltablespace,
           obj_description(oid, 'pg_class'))::text AS how
  FROM about
 UNION ALL
SELECT 'grant on ' || kind, name,
       string_agg(format('%s %s %s', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END, privilege_type, is_grantable),
                  ', ' ORDER BY grantee, privilege_type)
  FROM rights, LATERAL (SELECT grantee, privilege_type, bool_or(is_grantable) AS is_grantable FROM aclexplode(acl) GROUP BY 1, 2) AS given
 GROUP BY kind, name
 UNION ALL
SELECT 'column', attname,
       ROW(row_number() OVER (ORDER BY attnum), format_type(atttypid, atttypmod), attcollation, attnotnull, attidentity, attgenerated, attstorage,
           attcompression, nullif(attstattarget, -1), attoptions, col_description(attrelid, attnum),
           (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum))::text
  FROM own
 UNION ALL
SELECT 'sequence', a.attname,
       ROW(s.seqrelid::regclass, seqtypid, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle, obj_description(s.seqrelid, 'pg_class'))::text
  FROM own a
  JOIN pg_sequence s ON s.seqrelid = pg_get_serial_sequence((SELECT format('%I.%I', nspname, relname) FROM about), attname)::regclass
 UNION ALL
SELECT CASE con.contype WHEN 'c' THEN 'check' WHEN 'n' THEN 'not null' ELSE 'constraint' END, con.conname,
       ROW(con.contype, con.condeferrable, con.condeferred, con.convalidated, to_jsonb(con) ->> 'conenforced', pg_get_expr(con.conbin, con.conrelid),
           obj_description(con.oid, 'pg_constraint'))::text
  FROM pg_constraint con
 WHERE con.conrelid = (SELECT oid FROM about)
   AND con.contype IN ('c', 'n', 'p', 'u', 'x')
 UNION ALL
SELECT 'index', x.relname,
       substr(pg_get_indexdef(x.oid), length(format('CREATE %sINDEX %I ON %s%I.%I ', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END, x.relname,
                                                     CASE x.relkind WHEN 'I' THEN 'ONLY ' ELSE '' END, a.nspname, a.relname)) + 1)
  FROM about a
  JOIN pg_index i ON i.indrelid = a.oid
  JOIN pg_class x ON x.oid = i.indexrelid
 UNION ALL
SELECT 'settings of the index', x.relname,
       ROW(i.indisunique, i.indisvalid, i.indisreplident, x.reltablespace, obj_description(x.oid, 'pg_class'),
           ARRAY(SELECT (attnum, attstattarget)::text FROM pg_attribute WHERE attrelid = x.oid AND attstattarget >= 0 ORDER BY attnum))::text
  FROM pg_index i
  JOIN pg_class x ON x.oid = i.indexrelid
 WHERE i.indrelid = (SELECT oid FROM about)
 UNION ALL
SELECT 'statistics', s.stxname,
       ROW(pg_get_statisticsobjdef(s.oid), nullif(s.stxstattarget, -1), obj_description(s.oid, 'pg_statistic_ext'))::text
  FROM pg_statistic_ext s
 WHERE s.stxrelid = (SELECT oid FROM about)
 UNION ALL
SELECT 'trigger', t.tgname, ROW(pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))::text
  FROM pg_trigger t
 WHERE t.tgrelid = (SELECT oid FROM about)
   AND NOT t.tgisinternal
   AND NOT starts_with(t.tgname, 'partita_capture')
 UNION ALL
SELECT 'rule', r.rulename, ROW(pg_get_ruledef(r.oid), r.ev_enabled, obj_description(r.oid, 'pg_rewrite'))::text
  FROM pg_rewrite r
 WHERE r.ev_class = (SELECT oid FROM about)
 UNION ALL
SELECT 'policy', p.polname,
       ROW(p.polpermissive, p.polcmd, p.polroles, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
           obj_description(p.oid, 'pg_policy'))::text
  FROM pg_policy p
 WHERE p.polrelid = (SELECT oid FROM about)
 UNION ALL
SELECT 'publication', p.pubname, ROW(to_jsonb(v) -> 'attnames', to_jsonb(v) ->> 'rowfilter')::text
  FROM about a
  JOIN pg_publication_rel r ON r.prrelid = a.oid
  JOIN pg_publication p ON p.oid = r.prpubid
  JOIN pg_publication_tables v ON v.pubname = p.pubname AND v.schemaname = a.nspname AND v.tablename = a.relname
 UNION ALL
SELECT 'foreign key of ' || con.conrelid::regclass, con.conname,
       ROW(replace(pg_get_constraintdef(con.oid), ' NOT VALID', ''), obj_description(con.oid, 'pg_constraint'))::text
  FROM pg_constraint con
 WHERE con.oid IN (SELECT d.objid FROM pg_depend d
                    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = (SELECT oid FROM about) AND d.classid = 'pg_constraint'::regclass)
   AND con.confrelid = (SELECT oid FROM about)
   AND con.conrelid <> con.confrelid
   AND con.contype = 'f'
   AND con.conparentid = 0
 UNION ALL
SELECT 'meant by', pg_describe_object(d.classid, d.objid, 0), ''
  FROM pg_depend d
  LEFT JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
 WHERE d.refclassid = 'pg_class'::regclass
   AND d.refobjid = (SELECT oid FROM about)
   AND d.classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_policy'::regclass)
   AND w.ev_class IS DISTINCT FROM (SELECT oid FROM about)
 GROUP BY d.classid, d.objid
