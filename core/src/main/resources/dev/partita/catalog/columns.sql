-- The columns of the given tables, in order. A domain counts as the type below it.
-- \set tables '{16384}'
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
  JOIN pg_type named ON named.oid = a.atttypid
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
 WHERE a.attrelid = ANY (:'tables'::oid[])
   AND a.attnum > 0
   AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum
