-- Which of the wanted names are taken, and by what. Relations and types share their names within a schema, because each
-- table is a type too. Types of arrays do not count: PostgreSQL moves those out of the way.
-- \set schemas '{public}'
-- \set names '{orders}'
WITH wanted AS (
    SELECT wanted.place, n.oid AS namespace, wanted.name
      FROM unnest(:'schemas'::text[], :'names'::text[]) WITH ORDINALITY AS wanted (schema, name, place)
      JOIN pg_namespace n ON n.nspname = wanted.schema
)
SELECT wanted.place,
       CASE c.relkind
           WHEN 'i' THEN 'an index'
           WHEN 'I' THEN 'an index'
           WHEN 'S' THEN 'a sequence'
           WHEN 'c' THEN 'a composite type'
       END AS what,
       c.relkind
  FROM wanted
  JOIN pg_class c ON c.relnamespace = wanted.namespace AND c.relname = wanted.name
UNION ALL
SELECT wanted.place,
       CASE t.typtype
           WHEN 'd' THEN 'a domain'
           WHEN 'e' THEN 'an enum type'
           ELSE 'a type'
       END,
       NULL
  FROM wanted
  JOIN pg_type t ON t.typnamespace = wanted.namespace AND t.typname = wanted.name
 WHERE t.typrelid = 0
   AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
