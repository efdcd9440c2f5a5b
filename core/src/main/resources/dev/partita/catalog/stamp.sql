-- A cheap sign that nobody has changed a table between two partitions of one run: which transaction wrote its row in the catalog,
-- and which partitions it has. VACUUM and ANALYZE write in place, and leave no trace. Nothing else is looked at: LIKE and ATTACH
-- read the rest when they run, and what they do not read (grants on columns, policies, comments) is not passed on to partitions
-- that exist either, so the end is as if we had come first.
-- \set tables '{16384}'
SELECT c.xmin || ' ' || ARRAY(SELECT i.inhrelid FROM pg_inherits i WHERE i.inhparent = c.oid)::text AS digest
  FROM pg_class c
 WHERE c.oid = ANY (:'tables'::oid[])
