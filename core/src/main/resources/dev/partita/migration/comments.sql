-- The comments on what belongs to a table and gets its own name only when the table does, as statements. LIKE brings those of columns,
-- and those of checks are lost with the checks that partita makes itself.
-- \set table 16384
SELECT format('COMMENT ON CONSTRAINT %I ON %s IS %L', con.conname, con.conrelid::regclass, d.description) AS statement
  FROM pg_constraint con
  JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = con.oid
 WHERE con.conrelid = :'table'::oid
   AND con.contype <> 'f'
 UNION ALL
SELECT format('COMMENT ON INDEX %s IS %L', i.indexrelid::regclass, d.description)
  FROM pg_index i
  JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.indexrelid
 WHERE i.indrelid = :'table'::oid
 UNION ALL
SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, t.tgrelid::regclass, d.description)
  FROM pg_trigger t
  JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid
 WHERE t.tgrelid = :'table'::oid
   AND NOT t.tgisinternal
 UNION ALL
SELECT format('COMMENT ON RULE %I ON %s IS %L', r.rulename, r.ev_class::regclass, d.description)
  FROM pg_rewrite r
  JOIN pg_description d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = r.oid
 WHERE r.ev_class = :'table'::oid
 UNION ALL
SELECT format('COMMENT ON POLICY %I ON %s IS %L', p.polname, p.polrelid::regclass, d.description)
  FROM pg_policy p
  JOIN pg_description d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid
 WHERE p.polrelid = :'table'::oid
 UNION ALL
SELECT format('COMMENT ON STATISTICS %I.%I IS %L', n.nspname, s.stxname, d.description)
  FROM pg_statistic_ext s
  JOIN pg_namespace n ON n.oid = s.stxnamespace
  JOIN pg_description d ON d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = s.oid
 WHERE s.stxrelid = :'table'::oid
 ORDER BY 1
