-- What the new table and what is noted take.
-- \set schema 'shop'
-- \set table 'orders_partita'
-- \set log 'orders_partita_log'
WITH RECURSIVE tree AS (
    SELECT c.oid
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = :'schema'
       AND c.relname = :'table'
     UNION ALL
    SELECT i.inhrelid
      FROM tree t
      JOIN pg_inherits i ON i.inhparent = t.oid
), log AS (
    SELECT pg_total_relation_size(c.oid) AS bytes
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = :'schema'
       AND c.relname = :'log'
       AND c.relkind = 'r'
)
SELECT coalesce((SELECT sum(pg_total_relation_size(t.oid)) FROM tree t), 0)::bigint AS fresh,
       coalesce((SELECT bytes FROM log), 0)::bigint AS log
