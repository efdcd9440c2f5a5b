-- Who would hear of a DELETE of rows of the given tables or of partitions below them: foreign keys that point there, triggers and
-- rules. A foreign key is told as it was declared, not as the copies that PostgreSQL makes for each partition.
-- \set tables '{16384}'
WITH RECURSIVE tree (oid) AS (
    SELECT unnest(:'tables'::oid[])
    UNION
    SELECT i.inhrelid FROM tree JOIN pg_inherits i ON i.inhparent = tree.oid
), listening AS (
    -- 8 is DELETE.
    SELECT t.oid, t.tgname, t.tgrelid, t.tgconstraint
      FROM tree
      JOIN pg_trigger t ON t.tgrelid = tree.oid
     WHERE t.tgtype & 8 <> 0
       AND t.tgenabled <> 'D'
), declared (oid, parent) AS (
    SELECT con.oid, con.conparentid
      FROM pg_constraint con
     WHERE con.contype = 'f'
       AND con.oid IN (SELECT tgconstraint FROM listening)
    UNION
    SELECT con.oid, con.conparentid
      FROM declared
      JOIN pg_constraint con ON con.oid = declared.parent
)
SELECT 'FOREIGN_KEY' AS kind, n.nspname AS schema, c.relname AS "table", con.conname AS name,
       pg_get_constraintdef(con.oid) AS definition
  FROM declared
  JOIN pg_constraint con ON con.oid = declared.oid
  JOIN pg_class c ON c.oid = con.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE declared.parent = 0
UNION ALL
SELECT 'TRIGGER', n.nspname, c.relname, listening.tgname, NULL
  FROM listening
  JOIN pg_class c ON c.oid = listening.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT EXISTS (SELECT FROM pg_constraint con WHERE con.oid = listening.tgconstraint AND con.contype = 'f')
UNION ALL
SELECT 'RULE', n.nspname, c.relname, r.rulename, NULL
  FROM tree
  JOIN pg_class c ON c.oid = tree.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_rewrite r ON r.ev_class = c.oid
 ORDER BY 1, 2, 3, 4
