-- Indexes of the given partitions that no index of their parent made, and those that are invalid. Expressions have no name: NULL.
-- \set tables '{16384}'
SELECT i.indrelid AS partition,
       c.relname AS index,
       i.indisvalid AS valid,
       NOT c.relispartition AS own,
       am.amname AS method,
       i.indisunique AS is_unique,
       i.indpred IS NOT NULL AS partial,
       (SELECT array_agg(a.attname::text ORDER BY part.place)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS part (attnum, place)
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = part.attnum AND part.attnum > 0) AS columns
  FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_am am ON am.oid = c.relam
 WHERE i.indrelid = ANY (:'tables'::oid[])
   AND (NOT c.relispartition OR NOT i.indisvalid)
 ORDER BY 1, 2
