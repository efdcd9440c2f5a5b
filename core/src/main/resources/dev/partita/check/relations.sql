-- What the catalog does not tell elsewhere about tables, branches and leaves: by the last ANALYZE their rows, which of a divided
-- table is what the planner believes of the whole; how many indexes a query of theirs would lock; whether we may look inside ourselves, or
-- with the owner's rights. From 16 on membership does not always mean that one may become the other.
-- \set tables '{16384}'
SELECT c.oid,
       c.reltuples,
       (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid) AS indexes,
       has_table_privilege(c.oid, 'SELECT') AND (NOT c.relrowsecurity OR pg_has_role(c.relowner, 'USAGE')) AS readable,
       CASE WHEN pg_has_role(c.relowner,
                CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
            THEN pg_get_userbyid(c.relowner) END AS owner
  FROM pg_class c
 WHERE c.oid = ANY (:'tables'::oid[])
