-- By what the given partitioned tables are divided: one row per column or expression of the key, in order.
-- Not pg_get_partkeydef(), which leaves out the collation when it is the column's own.
-- An expression has no column; its type is what its operator class takes.
-- \set tables '{16384}'
SELECT p.partrelid AS "table",
       p.partstrat AS method,
       a.attname AS "column",
       CASE
           WHEN type.typtype = 'e' THEN 'enum'
           WHEN type.typnamespace = 'pg_catalog'::regnamespace THEN type.typname
       END AS type,
       nc.nspname AS collation_schema,
       co.collname AS "collation",
       no.nspname AS operator_class_schema,
       o.opcname AS operator_class
  FROM pg_partitioned_table p
 CROSS JOIN LATERAL unnest(p.partattrs::int2[], p.partclass::oid[], p.partcollation::oid[])
       WITH ORDINALITY AS part (attnum, opclass, collid, place)
  JOIN pg_opclass own ON own.oid = part.opclass
  LEFT JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = part.attnum AND part.attnum > 0
  JOIN pg_type named ON named.oid = coalesce(a.atttypid, own.opcintype)
  JOIN pg_type type ON type.oid = CASE
           WHEN named.typtype <> 'd' THEN named.oid
           ELSE (
               WITH RECURSIVE base (oid, typtype, below) AS (
                   SELECT named.oid, named.typtype, named.typbasetype
                   UNION ALL
                   SELECT t.oid, t.typtype, t.typbasetype
                     FROM base
                     JOIN pg_type t ON t.oid = base.below
               )
               SELECT base.oid FROM base WHERE base.typtype <> 'd')
       END
  LEFT JOIN pg_collation co ON co.oid = part.collid AND co.oid <> type.typcollation
  LEFT JOIN pg_namespace nc ON nc.oid = co.collnamespace
  LEFT JOIN pg_opclass o ON o.oid = part.opclass AND NOT o.opcdefault
  LEFT JOIN pg_namespace no ON no.oid = o.opcnamespace
 WHERE p.partrelid = ANY (:'tables'::oid[])
 ORDER BY p.partrelid, part.place
