-- A digest per table over everything that a plan for it rests on but its partitions. Expressions go in as the catalog stores
-- them, which needs no lock and no printing. Names stand last or in a row's text, so that nothing in them can be taken for
-- something else.
-- Nothing that VACUUM, ANALYZE or a row changes may come in here.
-- \set tables '{16384}'
WITH facts (root, place, fact) AS (
    SELECT c.oid, 0,
           ('table', c.relkind, c.relnamespace::regnamespace, c.relname,
            (SELECT (p.partstrat, p.partattrs, p.partclass, p.partcollation, p.partexprs)::text
               FROM pg_partitioned_table p
              WHERE p.partrelid = c.oid),
            pg_get_userbyid(c.relowner), c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
            c.relpersistence, c.reltablespace, c.reloptions, obj_description(c.oid, 'pg_class'))::text
      FROM pg_class c
     WHERE c.oid = ANY (:'tables'::oid[])
    UNION ALL
    SELECT a.attrelid, a.attnum,
           ('column', a.attname, a.atttypid, a.atttypmod, a.attcollation, a.attnotnull, a.attidentity, a.attgenerated,
            a.attacl, a.attstattarget,
            CASE WHEN a.atthasdef THEN (
                SELECT d.adbin FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END)::text
      FROM pg_attribute a
     WHERE a.attrelid = ANY (:'tables'::oid[])
       AND a.attnum > 0
       AND NOT a.attisdropped
    UNION ALL
    SELECT con.conrelid, con.oid::bigint,
           ('constraint', con.conname, con.contype, con.convalidated, con.condeferrable, con.condeferred, con.conkey,
            con.confrelid, con.confkey, con.confupdtype, con.confdeltype, con.conbin)::text
      FROM pg_constraint con
     WHERE con.conrelid = ANY (:'tables'::oid[])
    UNION ALL
    SELECT i.indrelid, i.indexrelid::bigint,
           ('index', i.indisunique, i.indisprimary, i.indisvalid, i.indisreplident, i.indkey, i.indclass, i.indcollation,
            i.indoption, i.indexprs, i.indpred,
            (SELECT (c.relname, c.relam, c.reloptions, c.reltablespace) FROM pg_class c WHERE c.oid = i.indexrelid))::text
      FROM pg_index i
     WHERE i.indrelid = ANY (:'tables'::oid[])
    UNION ALL
    -- Foreign keys of others that point here; looking for them in pg_constraint would read all of it.
    SELECT d.refobjid, d.objid::bigint, 'referenced'
      FROM pg_depend d
     WHERE d.refclassid = 'pg_class'::regclass
       AND d.refobjid = ANY (:'tables'::oid[])
       AND d.classid = 'pg_constraint'::regclass
    UNION ALL
    SELECT p.polrelid, p.oid::bigint,
           ('policy', p.polname, p.polpermissive, p.polcmd, p.polroles, p.polqual, p.polwithcheck)::text
      FROM pg_policy p
     WHERE p.polrelid = ANY (:'tables'::oid[])
)
SELECT root AS "table",
       md5(string_agg(concat_ws('|', place, fact), E'\n' ORDER BY place, fact COLLATE "C")) AS digest
  FROM facts
 GROUP BY root
