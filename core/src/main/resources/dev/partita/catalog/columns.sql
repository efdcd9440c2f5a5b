-- The columns of the given tables, in order. A domain counts as the type below it.
-- \set tables '{16384}'
WITH RECURSIVE base (oid, typtype, typname, typnamespace, typbasetype, domain) AS (
    SELECT t.oid, t.typtype, t.typname, t.typnamespace, t.typbasetype, t.oid
      FROM pg_type t
     WHERE t.typtype = 'd'
    UNION ALL
    SELECT t.oid, t.typtype, t.typname, t.typnamespace, t.typbasetype, base.domain
      FROM base
      JOIN pg_type t ON t.oid = base.typbasetype
)
SELECT a.attrelid AS "table",
       a.attname AS name,
       format_type(a.atttypid, a.atttypmod) AS declared,
       CASE
           WHEN type.typtype = 'e' THEN 'enum'
           WHEN type.typnamespace = 'pg_catalog'::regnamespace THEN type.typname
       END AS type,
       a.attnotnull AS not_null,
       -- Not set is NULL from PostgreSQL 17, -1 before.
       nullif(a.attstattarget, -1)::int AS statistics
  FROM pg_attribute a
  LEFT JOIN base ON base.domain = a.atttypid AND base.typtype <> 'd'
  JOIN pg_type type ON type.oid = coalesce(base.oid, a.atttypid)
 WHERE a.attrelid = ANY (:'tables'::oid[])
   AND a.attnum > 0
   AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum
