-- A digest per table over everything that a plan for it rests on: what the table looks like, and which partitions there
-- are. Expressions and bounds go in as the catalog stores them, which needs no lock and depends on no setting.
-- Nothing that VACUUM, ANALYZE or a row changes may come in here.
-- \set tables '{16384}'
WITH RECURSIVE tree AS (
    SELECT root.oid AS root, root.oid, NULL::oid AS parent, false AS pending
      FROM unnest(:'tables'::oid[]) AS root (oid)
    UNION ALL
    SELECT tree.root, i.inhrelid, i.inhparent, i.inhdetachpending
      FROM tree
      JOIN pg_inherits i ON i.inhparent = tree.oid
), facts (root, fact) AS (
    SELECT tree.root,
           ('relation', c.oid, tree.parent, tree.pending, n.nspname, c.relname, c.relkind, c.relpartbound,
            p.partstrat, p.partattrs, p.partclass, p.partcollation, p.partexprs)::text
      FROM tree
      JOIN pg_class c ON c.oid = tree.oid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
    UNION ALL
    SELECT c.oid,
           ('table', pg_get_userbyid(c.relowner), c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
            c.relpersistence, c.reltablespace, c.reloptions, obj_description(c.oid, 'pg_class'))::text
      FROM pg_class c
     WHERE c.oid = ANY (:'tables'::oid[])
    UNION ALL
    SELECT a.attrelid,
           ('column', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation, a.attnotnull, a.attidentity,
            a.attgenerated, a.attacl, a.attstattarget, d.adbin)::text
      FROM pg_attribute a
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = ANY (:'tables'::oid[])
       AND a.attnum > 0
       AND NOT a.attisdropped
    UNION ALL
    SELECT con.conrelid,
           ('constraint', con.oid, con.conname, con.contype, con.convalidated, con.condeferrable, con.condeferred,
            con.conkey, con.confrelid, con.confkey, con.confupdtype, con.confdeltype, con.conbin)::text
      FROM pg_constraint con
     WHERE con.conrelid = ANY (:'tables'::oid[])
    UNION ALL
    SELECT i.indrelid,
           ('index', i.indexrelid, c.relname, i.indisunique, i.indisprimary, i.indisvalid, i.indisreplident, i.indkey,
            i.indclass, i.indcollation, i.indoption, i.indexprs, i.indpred, c.relam, c.reloptions, c.reltablespace)::text
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = ANY (:'tables'::oid[])
    UNION ALL
    -- Foreign keys that point here show as triggers; looking for them in pg_constraint would read all of it.
    SELECT t.tgrelid,
           ('trigger', t.oid, t.tgname, t.tgtype, t.tgenabled, t.tgconstrrelid)::text
      FROM pg_trigger t
     WHERE t.tgrelid = ANY (:'tables'::oid[])
    UNION ALL
    SELECT p.polrelid,
           ('policy', p.polname, p.polpermissive, p.polcmd, p.polroles, p.polqual, p.polwithcheck)::text
      FROM pg_policy p
     WHERE p.polrelid = ANY (:'tables'::oid[])
)
SELECT root AS "table",
       md5(string_agg(fact, E'\n' ORDER BY fact COLLATE "C")) AS digest
  FROM facts
 GROUP BY root
