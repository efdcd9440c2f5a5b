-- The given tables and what hangs below them, with all indexes, and where each lies that takes room on disk. Nothing here waits for a
-- lock.
-- \set tables '{16384}'
WITH RECURSIVE tree AS (
    SELECT oid AS "table", oid FROM unnest(:'tables'::oid[]) AS oid
     UNION ALL
    SELECT t."table", i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid
), relations AS (
    SELECT "table", oid FROM tree
     UNION ALL
    SELECT t."table", i.indexrelid FROM tree t JOIN pg_index i ON i.indrelid = t.oid
)
SELECT r."table",
       n.nspname AS schema,
       c.relname AS name,
       c.relkind = 'i' AS index,
       c.relkind <> 'i' AND r.oid <> r."table" AS below,
       s.spcname AS tablespace
  FROM relations r
  JOIN pg_class c ON c.oid = r.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_database d ON d.datname = current_database()
  LEFT JOIN pg_tablespace s ON c.relkind IN ('r', 'i') AND s.oid = CASE c.reltablespace WHEN 0 THEN d.dattablespace ELSE c.reltablespace END
 WHERE c.relkind IN ('r', 'i', 'p', 'f')
 ORDER BY r."table", index, schema, name
