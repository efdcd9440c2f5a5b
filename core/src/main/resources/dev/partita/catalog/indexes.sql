-- The indexes of the given tables, those of constraints included. Not pg_get_indexdef(), which opens the table.
-- \set tables '{16384}'
SELECT i.indrelid AS "table",
       c.relname AS name,
       CASE con.contype WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'u' THEN 'UNIQUE_CONSTRAINT' WHEN 'x' THEN 'EXCLUSION'
           ELSE CASE WHEN i.indisunique THEN 'UNIQUE_INDEX' ELSE 'PLAIN' END
       END AS kind,
       i.indisvalid AS valid,
       am.amname AS method,
       i.indpred IS NOT NULL AS partial,
       i.indisreplident AS replica_identity,
       i.indnkeyatts AS parts,
       -- Expressions have no name: NULL.
       (SELECT array_agg(a.attname::text ORDER BY part.place)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS part (attnum, place)
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = part.attnum AND part.attnum > 0) AS columns,
       (SELECT array_agg(part.option & 1 = 1 ORDER BY part.place)
          FROM unnest(i.indoption::int2[]) WITH ORDINALITY AS part (option, place)) AS descending
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_am am ON am.oid = c.relam
  LEFT JOIN pg_constraint con
         ON con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
 WHERE i.indrelid = ANY (:'tables'::oid[])
 ORDER BY i.indrelid, c.relname
