-- How burdened the server is, as far as the role can see it.
-- \set counted true
SELECT (SELECT count(*) FROM pg_stat_replication) AS standbys,
       (SELECT count(*) FROM pg_stat_replication r WHERE r.state IS NOT NULL) AS seen_standbys,
       (SELECT extract(epoch FROM max(greatest(r.write_lag, r.flush_lag, r.replay_lag))) * 1000 FROM pg_stat_replication r)::bigint AS lag_ms,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS wal,
       (SELECT max(pg_wal_lsn_diff(pg_current_wal_lsn(), s.restart_lsn)) FROM pg_replication_slots s WHERE s.wal_status <> 'lost')::bigint
           AS kept,
       -- Once more than max_slot_wal_keep_size is kept for it, a slot is lost, and whoever reads from it has to begin anew.
       (SELECT min(s.slot_name) FROM pg_replication_slots s
         WHERE s.wal_status = 'unreserved'
            OR s.safe_wal_size < (SELECT p.setting::bigint * 1024 * 1024 / 8 FROM pg_settings p WHERE p.name = 'max_slot_wal_keep_size'))
           AS endangered,
       CASE WHEN :'counted'::boolean THEN
           (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend' AND a.state = 'active' AND a.pid <> pg_backend_pid()
               -- Those who work on a migration hold on to their lease.
               AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.relation = 'partita.lease'::regclass))
       END AS active,
       CASE WHEN :'counted'::boolean THEN
           (SELECT count(*) FROM pg_stat_activity a WHERE a.state IS NULL AND a.backend_type IS NULL AND a.usesysid IS NOT NULL)
       END AS hidden,
       current_user AS "user"
