-- The rules of a table.
-- \set table 16384
SELECT r.rulename AS name, pg_get_ruledef(r.oid) AS definition, r.ev_enabled AS enabled
  FROM pg_rewrite r
 WHERE r.ev_class = :'table'::oid
 ORDER BY r.rulename
