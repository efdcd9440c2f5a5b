-- A cheap sign that nobody has changed a table between two partitions of one run: which transaction wrote its row in the catalog,
-- and which partitions it has, with their bounds. VACUUM and ANALYZE write in place, and leave no trace. Nothing else is looked
-- at: LIKE and ATTACH read the rest when they run, and what they do not read (grants on columns, policies, comments) is not
-- passed on to partitions that exist either, so the end is as if we had come first; and DETACH has nothing else to read.
-- \set tables '{16384}'
SELECT c.xmin || ' ' || md5((
           SELECT coalesce(string_agg(i.inhrelid || ' ' || p.relpartbound::text, ' ' ORDER BY i.inhrelid), 'none')
             FROM pg_inherits i
             JOIN pg_class p ON p.oid = i.inhrelid
            WHERE i.inhparent = c.oid)) AS digest
  FROM pg_class c
 WHERE c.oid = ANY (:'tables'::oid[])
