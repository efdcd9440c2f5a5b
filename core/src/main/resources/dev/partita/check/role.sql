-- What a role may do with the given tables, of what partita's work needs. From 16 on membership does not always mean that one may
-- become the other.
-- \set tables '{16384}'
-- \set role partita_runner
WITH "role" AS (
    SELECT r.oid, r.rolsuper FROM pg_roles r WHERE r.rolname = :'role'
)
SELECT c.oid AS "table",
       pg_get_userbyid(c.relowner) AS owner,
       n.nspname AS schema,
       "role".rolsuper OR c.relowner = "role".oid OR pg_has_role("role".oid, c.relowner,
           CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS acts_for_owner,
       has_schema_privilege("role".oid, n.oid, 'USAGE') OR has_schema_privilege(c.relowner, n.oid, 'USAGE') AS uses_schema,
       has_schema_privilege(c.relowner, n.oid, 'CREATE') AS owner_creates,
       has_database_privilege("role".oid, (SELECT oid FROM pg_database WHERE datname = current_database()), 'CONNECT') AS connects,
       ARRAY(SELECT DISTINCT format('%I.%I', rn.nspname, r.relname)
               FROM pg_constraint con
               JOIN pg_class r ON r.oid = con.confrelid
               JOIN pg_namespace rn ON rn.oid = r.relnamespace
              WHERE con.conrelid = c.oid
                AND con.contype = 'f'
                AND con.conparentid = 0
                AND NOT has_table_privilege(c.relowner, r.oid, 'REFERENCES')
              ORDER BY 1) AS not_referenced
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN "role"
 WHERE c.oid = ANY (:'tables'::oid[])
