-- What of the given relations is published by name; what a table's publication takes along is not written down.
-- \set tables '{16384}'
SELECT r.prrelid AS relation,
       p.pubname AS publication
  FROM pg_publication_rel r
  JOIN pg_publication p ON p.oid = r.prpubid
 WHERE r.prrelid = ANY (:'tables'::oid[])
 ORDER BY 1, 2
