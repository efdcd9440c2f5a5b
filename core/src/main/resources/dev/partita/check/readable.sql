-- Into which of the given relations we may look, ourselves or with the rights of their owner. From 16 on membership does not always
-- mean that one may become the other.
-- \set tables '{16384}'
SELECT c.oid,
       has_table_privilege(c.oid, 'SELECT') AND (NOT c.relrowsecurity OR pg_has_role(c.relowner, 'USAGE')) AS readable,
       CASE WHEN pg_has_role(c.relowner,
                CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
            THEN pg_get_userbyid(c.relowner) END AS owner
  FROM pg_class c
 WHERE c.oid = ANY (:'tables'::oid[])
