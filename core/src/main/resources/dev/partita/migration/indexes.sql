-- The indexes of a table, each as it is made without its name and its table. PostgreSQL prints neither the tablespace, nor the
-- storage parameters of a constraint's index.
-- \set table 16384
WITH known AS (
    SELECT i.*, c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition,
           format('CREATE %sINDEX %I ON %I.%I ', CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END, c.relname, n.nspname, t.relname)
               AS head,
           pg_get_expr(i.indpred, i.indrelid) AS condition,
           coalesce(' TABLESPACE ' || quote_ident(s.spcname), '') AS tablespace,
           coalesce((SELECT ' WITH (' || string_agg(format('%I=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)), ', ') || ')'
                       FROM unnest(c.reloptions) AS o), '') AS options
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_class t ON t.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
     WHERE i.indrelid = :'table'::oid
       AND i.indislive
), constrained AS (
    SELECT k.*, con.contype, to_jsonb(con) ->> 'conperiod' = 'true' AS temporal,
           CASE WHEN con.oid IS NULL THEN CASE WHEN starts_with(k.definition, k.head) THEN substr(k.definition, length(k.head) + 1) END
                ELSE pg_get_constraintdef(con.oid)
           END AS body,
           CASE WHEN con.contype IN ('p', 'u') THEN
                    CASE WHEN con.condeferrable THEN ' DEFERRABLE' || CASE WHEN con.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END
                         ELSE '' END
                WHEN con.contype = 'x' THEN
                    coalesce(' WHERE (' || k.condition || ')', '') || CASE WHEN con.condeferrable THEN ' DEFERRABLE' || CASE WHEN con.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END
                         ELSE '' END
                ELSE coalesce(' WHERE ' || k.condition, '')
           END AS suffix,
           CASE WHEN con.oid IS NULL OR k.tablespace = '' THEN k.tablespace ELSE ' USING INDEX' || k.tablespace END AS place
      FROM known k
      LEFT JOIN pg_constraint con ON con.conindid = k.indexrelid AND con.conrelid = k.indrelid AND con.contype IN ('p', 'u', 'x')
)
SELECT k.name, k.indisvalid AS valid, k.indisunique AS unique,
       coalesce(k.contype::text, '') AS constraint,
       k.temporal IS TRUE AS temporal,
       CASE WHEN right(k.body, length(k.suffix)) = k.suffix OR k.suffix = '' THEN
           left(k.body, length(k.body) - length(k.suffix)) || CASE WHEN k.contype IN ('p', 'u') THEN k.options ELSE '' END || k.place || k.suffix
       END AS tail,
       ARRAY(SELECT a.attname::text
               FROM unnest(k.indkey::int2[]) WITH ORDINALITY AS key (attnum, place)
               JOIN pg_attribute a ON a.attrelid = k.indrelid AND a.attnum = key.attnum
              WHERE key.place <= k.indnkeyatts
              ORDER BY key.place) AS columns,
       k.indnkeyatts AS parts,
       k.indpred IS NOT NULL AS partial,
       k.indisclustered AS clustered,
       k.indisreplident AS identifies,
       ARRAY(SELECT format('ALTER COLUMN %s SET STATISTICS %s', a.attnum, a.attstattarget)
               FROM pg_attribute a
              WHERE a.attrelid = k.indexrelid
                AND a.attstattarget >= 0
              ORDER BY a.attnum) AS targets
  FROM constrained k
 ORDER BY k.indexrelid
