-- Version 4: how a migration is to be worked on, which whoever works on it follows; what it waits for; and how long its parts took.
ALTER TABLE partita.migration
    ADD COLUMN cutover_window    text,
    ADD COLUMN throttle_lag_ms   bigint,
    ADD COLUMN throttle_wal_rate bigint,
    ADD COLUMN throttle_wal_kept bigint,
    ADD COLUMN throttle_active   int,
    ADD COLUMN throttle_query    text,
    ADD COLUMN throttle_share    int NOT NULL DEFAULT 100,
    ADD COLUMN disk_limit        bigint,
    ADD COLUMN log_limit         bigint,
    ADD COLUMN waits             text,
    ADD COLUMN waits_code        text;
COMMENT ON COLUMN partita.migration.throttle_query IS 'Asked with the rights of whoever works on the migration: true, or a number above zero, has it stand aside';
COMMENT ON COLUMN partita.migration.throttle_share IS 'In how many hundredths of the time it copies and builds';
COMMENT ON COLUMN partita.migration.waits IS 'For what the process that works on it waits, as a clause';
ALTER TABLE partita.migration_chunk
    ADD COLUMN began_at timestamptz,
    ADD COLUMN copied   bigint;
COMMENT ON COLUMN partita.migration_chunk.copied IS 'How many rows of it are in the new table';
COMMENT ON SCHEMA partita IS 'partita state schema, version 4'
