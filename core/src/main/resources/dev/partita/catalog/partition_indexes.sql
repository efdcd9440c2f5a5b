-- The indexes of partitions, one by one. A partition without an index has one row, in which name is NULL.
-- \set tables '{16384}'
WITH building AS (
    -- Whoever builds an index of a table while others write into it holds this lock until the end; the index may look abandoned
    -- meanwhile. Both views show that much to everybody.
    SELECT DISTINCT l.relation
      FROM pg_stat_progress_create_index p
      JOIN pg_locks l ON l.pid = p.pid
     WHERE l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock'
)
SELECT t.oid AS "table",
       -- An index is built outside of transactions, where nobody can act for the owner.
       pg_has_role(t.relowner, 'USAGE') AS owned,
       c.relname AS name,
       CASE con.contype WHEN 'p' THEN 'PRIMARY_KEY' WHEN 'u' THEN 'UNIQUE_CONSTRAINT' WHEN 'x' THEN 'EXCLUSION'
           ELSE CASE WHEN i.indisunique THEN 'UNIQUE_INDEX' ELSE 'PLAIN' END
       END AS kind,
       i.indisvalid AS valid,
       am.amname AS method,
       i.indpred IS NOT NULL AS partial,
       i.indnkeyatts AS parts,
       -- Expressions have no name: NULL.
       (SELECT array_agg(a.attname::text ORDER BY part.place)
          FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS part (attnum, place)
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = part.attnum AND part.attnum > 0) AS columns,
       (SELECT array_agg(part.option & 1 = 1 ORDER BY part.place)
          FROM unnest(i.indoption::int2[]) WITH ORDINALITY AS part (option, place)) AS descending,
       -- Nothing in it but what a plain CREATE INDEX says: only such a one can become part of another.
       (SELECT bool_and(opc.opcdefault AND k.option IN (0, 3) AND k.coll IN (0, coalesce(a.attcollation, 0)))
          FROM unnest(i.indclass::oid[], i.indoption::int2[], i.indcollation::oid[], (i.indkey::int2[])[0:i.indnkeyatts - 1])
               AS k (class, option, coll, attnum)
          JOIN pg_opclass opc ON opc.oid = k.class
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0)
           AND coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) IS FALSE AS ordinary,
       (SELECT p.relname FROM pg_class p WHERE p.oid = above.inhparent) AS part_of,
       building.relation IS NOT NULL AS building
  FROM pg_class t
  LEFT JOIN pg_index i ON i.indrelid = t.oid
  LEFT JOIN pg_class c ON c.oid = i.indexrelid
  LEFT JOIN pg_am am ON am.oid = c.relam
  LEFT JOIN pg_inherits above ON above.inhrelid = i.indexrelid
  LEFT JOIN pg_constraint con
         ON con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
  LEFT JOIN building ON building.relation = t.oid
 WHERE t.oid = ANY (:'tables'::oid[])
 ORDER BY t.oid, c.relname
