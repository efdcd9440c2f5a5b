-- The columns of a table: what fills them, and whether their values have a hash.
-- \set table 16384
SELECT a.attname AS name,
       a.attgenerated <> '' AS generated,
       CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
       s.relname AS sequence,
       n.nspname AS sequence_schema,
       CASE WHEN a.attidentity <> '' THEN
           format('START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s',
                  q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
                  CASE WHEN q.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
       END AS counting,
       EXISTS (SELECT FROM pg_opclass o JOIN pg_am m ON m.oid = o.opcmethod
                WHERE m.amname = 'hash' AND o.opcintype = a.atttypid) AS hashable
  FROM pg_attribute a
  LEFT JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
                       AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                       AND EXISTS (SELECT FROM pg_sequence WHERE seqrelid = d.objid)
  LEFT JOIN pg_sequence q ON q.seqrelid = d.objid
  LEFT JOIN pg_class s ON s.oid = d.objid AND q.seqrelid IS NOT NULL
  LEFT JOIN pg_namespace n ON n.oid = s.relnamespace
 WHERE a.attrelid = :'table'::oid
   AND a.attnum > 0
   AND NOT a.attisdropped
 ORDER BY a.attnum
