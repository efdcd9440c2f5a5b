-- What the catalog does not tell elsewhere about tables, branches and leaves: by the last ANALYZE their rows, which of a divided
-- table is what the planner believes of the whole; and how many indexes a query of theirs would lock.
-- \set tables '{16384}'
SELECT c.oid,
       c.reltuples,
       (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid) AS indexes
  FROM pg_class c
 WHERE c.oid = ANY (:'tables'::oid[])
