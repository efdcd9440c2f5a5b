-- Everything that the catalogs say of public.orders and of what belongs to it or speaks of it, one fact a row, read by its names.
WITH about AS (SELECT c.* FROM pg_class c WHERE c.oid = 'public.orders'::regclass)
SELECT 'table: ' || jsonb_build_object('owner', pg_get_userbyid(relowner), 'persistence', relpersistence, 'rls', relrowsecurity,
           'forced', relforcerowsecurity, 'identity', relreplident, 'typed', reloftype, 'tablespace',
           (SELECT spcname FROM pg_tablespace WHERE oid = reltablespace), 'comment', obj_description(oid, 'pg_class'))::text
  FROM about
 UNION ALL
SELECT format('grant: %s %s %s', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable)
  FROM about, aclexplode(coalesce(relacl, acldefault('r', relowner)))
 UNION ALL
SELECT format('column %s: ', attname) || jsonb_build_object('place', row_number() OVER (ORDER BY attnum), 'type', format_type(atttypid, atttypmod),
           'collation', attcollation::regcollation, 'not null', attnotnull,
           'default', (SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef WHERE adrelid = attrelid AND adnum = attnum),
           'identity', attidentity, 'generated', attgenerated, 'storage', attstorage, 'compression', attcompression,
           'target', nullif(attstattarget, -1), 'options', attoptions, 'comment', col_description(attrelid, attnum),
           'sequence', pg_get_serial_sequence('public.orders', attname))::text
  FROM pg_attribute
 WHERE attrelid = 'public.orders'::regclass AND attnum > 0 AND NOT attisdropped
 UNION ALL
SELECT format('column grant: %s %s %s %s', attname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable)
  FROM pg_attribute, aclexplode(attacl)
 WHERE attrelid = 'public.orders'::regclass
 UNION ALL
SELECT format('constraint %s: %s, proved: %s, comment: %s', conname, pg_get_constraintdef(oid), convalidated, obj_description(oid, 'pg_constraint'))
  FROM pg_constraint
 WHERE conrelid = 'public.orders'::regclass AND conparentid = 0
 UNION ALL
SELECT format('referenced by %s %s: %s, proved: %s, comment: %s', conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated,
              obj_description(oid, 'pg_constraint'))
  FROM pg_constraint
 WHERE confrelid = 'public.orders'::regclass AND conparentid = 0
 UNION ALL
SELECT format('index %s: %s', i.indexrelid::regclass, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '))
           || jsonb_build_object('options', c.reloptions, 'tablespace', (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace),
                  'valid', i.indisvalid, 'identity', i.indisreplident, 'clustered', i.indisclustered, 'comment', obj_description(c.oid, 'pg_class'),
                  'targets', (SELECT jsonb_object_agg(attnum, attstattarget) FROM pg_attribute WHERE attrelid = c.oid AND attstattarget >= 0))::text
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = 'public.orders'::regclass
 UNION ALL
SELECT format('statistics: %s, target %s, comment %s', pg_get_statisticsobjdef(oid), nullif(stxstattarget, -1), obj_description(oid, 'pg_statistic_ext'))
  FROM pg_statistic_ext
 WHERE stxrelid = 'public.orders'::regclass
 UNION ALL
SELECT format('trigger: %s, enabled: %s, comment: %s', pg_get_triggerdef(oid), tgenabled, obj_description(oid, 'pg_trigger'))
  FROM pg_trigger
 WHERE tgrelid = 'public.orders'::regclass AND NOT tgisinternal AND tgname NOT LIKE 'partita%'
 UNION ALL
SELECT format('rule: %s, enabled: %s, comment: %s', pg_get_ruledef(r.oid), ev_enabled, obj_description(r.oid, 'pg_rewrite'))
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
 WHERE r.ev_class = 'public.orders'::regclass OR rulename <> '_RETURN' AND relnamespace = 'public'::regnamespace
       AND pg_get_ruledef(r.oid) ~ '\morders\M' AND relname !~ '(_retired|_partita)'
 UNION ALL
SELECT format('policy: %s on %s %s %s ', polname, polrelid::regclass, polpermissive, polcmd)
           || jsonb_build_object('roles', polroles::regrole[], 'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid),
                  'comment', obj_description(oid, 'pg_policy'))::text
  FROM pg_policy
 WHERE polrelid IN ('public.orders'::regclass, 'public.items'::regclass)
 UNION ALL
SELECT format('sequence %s: ', s.seqrelid::regclass) || (to_jsonb(s) - 'seqrelid')::text || jsonb_build_object('comment', obj_description(c.oid, 'pg_class'), 'owner', relowner::regrole,
           'persistence', relpersistence)::text
           || (SELECT string_agg(format(' %s %s %s', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable), ',' ORDER BY 1)
                 FROM (SELECT * FROM aclexplode(coalesce(relacl, acldefault('s', relowner))) ORDER BY pg_get_userbyid(grantee), privilege_type) AS acl)
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
 WHERE relname LIKE 'orders%' AND relname NOT LIKE '%retired'
 UNION ALL
SELECT format('view %s: %s %s %s %s, comment: %s', oid::regclass, relkind, pg_get_viewdef(oid), reloptions, relacl, obj_description(oid, 'pg_class'))
  FROM pg_class
 WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
 UNION ALL
SELECT format('view column %s.%s: %s %s', attrelid::regclass, attname, col_description(attrelid, attnum), pg_get_expr(adbin, adrelid))
  FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid AND relkind = 'v' AND relnamespace = 'public'::regnamespace
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 UNION ALL
SELECT format('function: %s %s, comment: %s', pg_get_functiondef(oid), proacl, obj_description(oid, 'pg_proc'))
  FROM pg_proc
 WHERE pronamespace = 'public'::regnamespace AND prosqlbody IS NOT NULL
 UNION ALL
SELECT format('published: %s', to_jsonb(t)::text)
  FROM pg_publication_tables t
 UNION ALL
SELECT format('depends on the table: %s', pg_describe_object(classid, objid, 0))
  FROM pg_depend
 WHERE refclassid = 'pg_class'::regclass AND refobjid = 'public.orders'::regclass AND classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_policy'::regclass)
 GROUP BY classid, objid
 ORDER BY 1
