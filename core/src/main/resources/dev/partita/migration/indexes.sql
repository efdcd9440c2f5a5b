-- The indexes of a table, each as it is made without its name and its table.
-- \set table 16384
WITH known AS (
    SELECT i.*, c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition,
           format('CREATE %sINDEX %I ON %I.%I ', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END, c.relname, n.nspname, t.relname)
               AS head
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
     WHERE i.indrelid = :'table'::oid
       AND i.indislive
)
SELECT k.name, k.indisvalid AS valid, k.indisunique AS unique,
       coalesce(con.contype::text, '') AS constraint,
       CASE WHEN con.oid IS NOT NULL THEN pg_get_constraintdef(con.oid)
            WHEN starts_with(k.definition, k.head) THEN substr(k.definition, length(k.head) + 1)
       END AS tail,
       ARRAY(SELECT a.attname::text
               FROM unnest(k.indkey::int2[]) WITH ORDINALITY AS key (attnum, place)
               JOIN pg_attribute a ON a.attrelid = k.indrelid AND a.attnum = key.attnum
              WHERE key.place <= k.indnkeyatts
              ORDER BY key.place) AS columns,
       k.indnkeyatts AS parts,
       k.indpred IS NOT NULL AS partial,
       k.indisclustered AS clustered
  FROM known k
  LEFT JOIN pg_constraint con ON con.conindid = k.indexrelid AND con.conrelid = k.indrelid AND con.contype IN ('p', 'u', 'x')
 ORDER BY k.indexrelid
