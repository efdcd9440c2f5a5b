-- How many rows each table holds.
SELECT 'rows of ' || c.oid::regclass,
       (xpath('//c/text()', query_to_xml('SELECT count(*) AS c FROM ONLY ' || c.oid::regclass, false, true, '')))[1]::text
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r'
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND n.nspname NOT LIKE 'pg\_temp%'
 ORDER BY 1
