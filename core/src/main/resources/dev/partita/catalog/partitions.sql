-- The partitions of the given tables, those directly below them, in no order.
-- Asked so that a lock on a partition makes nobody wait: bounds by pg_get_expr(…, 0), which opens no relation; the tree from
-- pg_inherits, because pg_partition_tree() opens each table and leaves out those that are being detached; sizes as the
-- last VACUUM or ANALYZE left them in pg_class, because pg_relation_size() opens the table.
-- One level at a time: a recursive query takes twice as long, and nearly all tables have one.
-- \set tables '{16384}'
SELECT i.inhparent AS parent,
       c.oid,
       n.nspname AS schema,
       c.relname AS name,
       c.relkind,
       pg_get_expr(c.relpartbound, 0) AS bound,
       i.inhdetachpending AS detach_pending,
       CASE WHEN c.relkind = 'p' THEN (
           SELECT (p.partstrat, p.partattrs, p.partclass, p.partcollation, p.partexprs)::text
             FROM pg_partitioned_table p
            WHERE p.partrelid = c.oid) END AS division,
       pg_get_userbyid(c.relowner) AS owner,
       c.reloptions AS options,
       CASE WHEN c.reltablespace <> 0 THEN (
           SELECT s.spcname FROM pg_tablespace s WHERE s.oid = c.reltablespace) END AS tablespace,
       c.relpages AS pages,
       c.reltuples
  FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE i.inhparent = ANY (:'tables'::oid[])
   AND c.relispartition
