-- What partita wants to know about the server and the role before anything else. Writes nothing, waits for nothing.
-- session_user counts too: what was SET ROLE by default can be RESET.
select
    pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as version,
    pg_catalog.current_setting('server_version') as version_name,
    current_user::pg_catalog.text as role,
    pg_catalog.pg_is_in_recovery() as standby,
    pg_catalog.current_setting('transaction_read_only')::pg_catalog.bool as read_only,
    pg_catalog.pg_backend_pid() as backend,
    coalesce(pg_catalog.bool_or(r.rolsuper), false) as superuser,
    coalesce(pg_catalog.bool_or(r.rolbypassrls), false) as bypasses_row_security
from pg_catalog.pg_roles r
where r.rolname in (current_user, session_user)
