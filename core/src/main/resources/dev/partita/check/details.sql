-- Partitions of the given tables that differ from their parent in what stands in pg_class.
-- \set tables '{16384}'
SELECT c.oid AS partition,
       pg_get_userbyid(c.relowner) AS owner,
       pg_get_userbyid(p.relowner) AS parent_owner,
       c.relpersistence AS persistence,
       p.relpersistence AS parent_persistence,
       CASE WHEN NOT c.relrowsecurity THEN 'OFF' WHEN c.relforcerowsecurity THEN 'FORCED' ELSE 'ENABLED' END AS row_security,
       CASE WHEN NOT p.relrowsecurity THEN 'OFF' WHEN p.relforcerowsecurity THEN 'FORCED' ELSE 'ENABLED'
           END AS parent_row_security,
       c.relreplident AS replica_identity,
       p.relreplident AS parent_replica_identity
  FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
  JOIN pg_class p ON p.oid = i.inhparent
 WHERE i.inhparent = ANY (:'tables'::oid[])
   AND c.relkind <> 'f'
   AND (c.relowner, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident)
       IS DISTINCT FROM (p.relowner, p.relpersistence, p.relrowsecurity, p.relforcerowsecurity, p.relreplident)
