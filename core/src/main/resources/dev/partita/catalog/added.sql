-- The columns of the given tables that can be added to a table with rows without reading or writing one of them, and mean the same
-- there: with a constant as default, which every row then has, or without one and open to NULL. What is generated, counted or
-- computed would have other values than the table's own rows have got; a domain has to be checked row by row.
-- pg_get_expr() opens the table here, so this query may wait for a lock on one of them.
-- \set tables '{16384}'
SELECT a.attrelid AS "table",
       a.attname AS name,
       concat_ws(' ',
           format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attcollation <> t.typcollation THEN (
               SELECT 'COLLATE ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname)
                 FROM pg_collation c
                 JOIN pg_namespace n ON n.oid = c.collnamespace
                WHERE c.oid = a.attcollation) END,
           'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid),
           CASE WHEN a.attnotnull THEN 'NOT NULL' END) AS definition
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid AND t.typtype <> 'd'
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attrelid = ANY (:'tables'::oid[])
   AND a.attnum > 0
   AND NOT a.attisdropped
   AND a.attgenerated = ''
   AND a.attidentity = ''
   AND CASE WHEN d.adbin IS NULL THEN NOT a.attnotnull
            -- One literal and at most one cast: two, such as of a text that says today, may be computed anew.
            ELSE pg_get_expr(d.adbin, d.adrelid) ~ '^(''([^'']|'''')*''|-?[0-9.]+|[(]-?[0-9.]+[)]|true|false)(::[^:'']+)?$' END
 ORDER BY a.attrelid, a.attnum
