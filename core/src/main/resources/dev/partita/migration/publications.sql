-- The publications that list a table, and what of it they publish. Before PostgreSQL 15 that is always everything.
-- \set table 16384
SELECT p.pubname AS name,
       CASE WHEN to_jsonb(r) ->> 'prattrs' IS NOT NULL THEN
           (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place)
              FROM jsonb_array_elements_text(to_jsonb(v) -> 'attnames') WITH ORDINALITY AS listed (attname, place))
       END AS columns,
       to_jsonb(v) ->> 'rowfilter' AS filter
  FROM pg_publication_rel r
  JOIN pg_publication p ON p.oid = r.prpubid
  JOIN pg_class c ON c.oid = r.prrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_publication_tables v ON v.pubname = p.pubname AND v.schemaname = n.nspname AND v.tablename = c.relname
 WHERE r.prrelid = :'table'::oid
 ORDER BY p.pubname
