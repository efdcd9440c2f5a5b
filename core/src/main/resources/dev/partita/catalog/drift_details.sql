-- Partitions of the given tables that differ from the table at the root in what stands in pg_class. For a leaf whose table is
-- identified by an index, with its own part of that index, wherever in the tree it hangs.
-- \set tables '{16384}'
WITH parents AS (
    SELECT parent AS oid, pg_partition_root(parent) AS root
      FROM unnest(:'tables'::oid[]) AS parent
)
SELECT c.oid AS partition,
       pg_get_userbyid(c.relowner) AS owner,
       pg_get_userbyid(p.relowner) AS parent_owner,
       pg_has_role(p.relowner, c.relowner, 'USAGE')
           AND has_schema_privilege(p.relowner, c.relnamespace, 'CREATE') AS mendable,
       c.relpersistence AS persistence,
       p.relpersistence AS parent_persistence,
       CASE WHEN NOT c.relrowsecurity THEN 'OFF' WHEN c.relforcerowsecurity THEN 'FORCED' ELSE 'ENABLED' END AS row_security,
       CASE WHEN NOT p.relrowsecurity THEN 'OFF' WHEN p.relforcerowsecurity THEN 'FORCED' ELSE 'ENABLED'
           END AS parent_row_security,
       c.relreplident AS replica_identity,
       p.relreplident AS parent_replica_identity,
       CASE WHEN p.relreplident = 'i' AND c.relkind = 'r' THEN (
           SELECT part.relname
             FROM pg_index own
             JOIN pg_class part ON part.oid = own.indexrelid AND part.relispartition
             JOIN pg_index wanted ON wanted.indexrelid = pg_partition_root(own.indexrelid)
            WHERE own.indrelid = c.oid
              AND wanted.indisreplident) END AS identity_index
  FROM parents above
  JOIN pg_inherits i ON i.inhparent = above.oid
  JOIN pg_class c ON c.oid = i.inhrelid
  JOIN pg_class p ON p.oid = above.root
 WHERE c.relkind <> 'f'
   AND (c.relowner, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident)
       IS DISTINCT FROM (p.relowner, p.relpersistence, p.relrowsecurity, p.relforcerowsecurity, p.relreplident)
