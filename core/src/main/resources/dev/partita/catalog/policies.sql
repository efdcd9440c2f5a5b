-- The row-level security policies of the given tables; a role without a name is PUBLIC.
-- pg_get_expr() opens the table here, so this query may wait for a lock on one of them.
-- \set tables '{16384}'
SELECT p.polrelid AS "table",
       p.polname AS name,
       p.polpermissive AS permissive,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
           ELSE 'ALL' END AS command,
       (SELECT array_agg(CASE WHEN role.oid <> 0 THEN pg_get_userbyid(role.oid)::text END ORDER BY role.place)
          FROM unnest(p.polroles) WITH ORDINALITY AS role (oid, place)) AS roles,
       pg_get_expr(p.polqual, p.polrelid) AS using,
       pg_get_expr(p.polwithcheck, p.polrelid) AS "check"
  FROM pg_policy p
 WHERE p.polrelid = ANY (:'tables'::oid[])
 ORDER BY p.polrelid, p.polname
