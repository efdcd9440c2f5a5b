-- The last value of the sequence that a column draws from: an identity column's or a serial's own, or the one in its DEFAULT.
-- NULL when nothing has been drawn yet.
-- \set tables '{16384}'
-- \set column id
WITH "column" AS (
    SELECT a.attrelid, a.attnum
      FROM pg_attribute a
     WHERE a.attrelid = ANY (:'tables'::oid[])
       AND a.attname = :'column'
       AND NOT a.attisdropped
), sequence (oid, own) AS (
    SELECT d.objid, true
      FROM "column" a
      JOIN pg_depend d ON d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
     WHERE d.refclassid = 'pg_class'::regclass
       AND d.classid = 'pg_class'::regclass
       AND d.deptype IN ('a', 'i')
    UNION ALL
    SELECT d.refobjid, false
      FROM "column" a
      JOIN pg_attrdef def ON def.adrelid = a.attrelid AND def.adnum = a.attnum
      JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = def.oid
     WHERE d.refclassid = 'pg_class'::regclass
)
SELECT pg_sequence_last_value(c.oid) AS last_value
  FROM sequence
  JOIN pg_class c ON c.oid = sequence.oid AND c.relkind = 'S'
 ORDER BY sequence.own
 LIMIT 1
