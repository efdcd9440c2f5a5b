-- Migrations, the newest first; ended ones only where they are asked for.
-- \set ended true
SELECT m.id, m.schema_name, m.table_name, m.source, m.road, m.phase, m.fingerprint, m.horizon, m.files, m.blocks,
       m.settled, m.applied, m.paused, m.held, coalesce(m.trouble, '') AS trouble,
       m.cutover_window, m.throttle_lag_ms, m.throttle_wal_rate, m.throttle_wal_kept, m.throttle_active, m.throttle_query,
       m.throttle_share, m.disk_limit, m.log_limit, m.waits, m.waits_code,
       to_char(m.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS started_at,
       to_char(m.phase_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS phase_since
  FROM partita.migration m
 WHERE :'ended'::boolean
    OR m.phase NOT IN ('finished', 'rolled back', 'aborted')
 ORDER BY m.id DESC
