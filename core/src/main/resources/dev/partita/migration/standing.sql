-- How far a migration is, without waiting for anybody's lock.
-- \set migration 1
-- \set source 16384
-- \set schema 'shop'
-- \set table 'orders_partita'
-- \set log 'orders_partita_log'
-- \set lease 'migration of shop.orders'
WITH RECURSIVE tree AS (
    SELECT c.oid, c.relkind
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = :'schema'
       AND c.relname = :'table'
       AND c.relkind = 'p'
     UNION ALL
    SELECT c.oid, c.relkind
      FROM tree t
      JOIN pg_inherits i ON i.inhparent = t.oid
      JOIN pg_class c ON c.oid = i.inhrelid
), leaf AS (
    SELECT (SELECT count(*) FROM pg_index x WHERE x.indrelid = t.oid AND x.indisvalid) AS indexes
      FROM tree t
     WHERE t.relkind = 'r'
)
SELECT (SELECT coalesce(sum(h.end_block - h.first_block), 0) FROM partita.migration_chunk h
         WHERE h.migration = :'migration'::bigint AND h.done_at IS NULL)::bigint AS missing,
       done.rows, done.lately, done.blocks_lately, done.seconds,
       (SELECT count(*) FROM leaf) AS leaves,
       (SELECT count(*) FROM leaf WHERE indexes >= (SELECT count(*) FROM pg_index x WHERE x.indrelid = :'source'::oid AND x.indislive))
           AS indexed,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = :'schema' AND c.relname = :'log' AND c.relkind = 'r') AS noted,
       EXISTS (SELECT FROM partita.lease l WHERE l.name = :'lease' AND l.expires_at > clock_timestamp()) AS running
  FROM (SELECT coalesce(sum(h.copied), 0)::bigint AS rows,
               coalesce(sum(h.copied) FILTER (WHERE h.done_at > clock_timestamp() - interval '1 minute'), 0)::bigint AS lately,
               coalesce(sum(h.end_block - h.first_block) FILTER (WHERE h.done_at > clock_timestamp() - interval '1 minute'), 0)::bigint
                   AS blocks_lately,
               -- Copying may have begun less than a minute ago.
               least(60, coalesce(extract(epoch FROM clock_timestamp() - min(h.began_at)), 0))::float8 AS seconds
          FROM partita.migration_chunk h
         WHERE h.migration = :'migration'::bigint
           AND h.done_at IS NOT NULL) AS done
