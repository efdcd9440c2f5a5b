-- Tables of these names, whatever they are, and what stands in their comments.
-- \set schemas '{public}'
-- \set names '{orders_2022_01}'
SELECT n.nspname AS schema,
       c.relname AS name,
       c.oid,
       c.relispartition AS attached,
       d.description AS comment
  FROM unnest(:'schemas'::text[], :'names'::text[]) AS wanted (schema, name)
  JOIN pg_namespace n ON n.nspname = wanted.schema
  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name AND c.relkind IN ('r', 'p')
  LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
