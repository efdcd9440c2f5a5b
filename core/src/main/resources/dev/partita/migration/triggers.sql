-- The triggers that people have put on a table.
-- \set table 16384
SELECT t.tgname AS name, pg_get_triggerdef(t.oid) AS definition, t.tgenabled AS enabled
  FROM pg_trigger t
 WHERE t.tgrelid = :'table'::oid
   AND NOT t.tgisinternal
 ORDER BY t.tgname
