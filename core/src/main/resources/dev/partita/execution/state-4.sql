-- Version 4: how a migration is to be worked on, which whoever works on it follows; what it waits for; how long its parts took; and
-- rows that lie in several tables.
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
ALTER TABLE partita.migration
    ADD COLUMN files text;
UPDATE partita.migration SET files = md5(source || ':' || filenode) WHERE filenode IS NOT NULL;
ALTER TABLE partita.migration DROP COLUMN filenode;
COMMENT ON COLUMN partita.migration.files IS 'In which files the rows lay when the copy began; in others they have to be copied anew';
ALTER TABLE partita.migration_chunk
    ADD COLUMN began_at timestamptz,
    ADD COLUMN copied   bigint,
    ADD COLUMN heap     oid;
UPDATE partita.migration_chunk c SET heap = m.source FROM partita.migration m WHERE m.id = c.migration;
ALTER TABLE partita.migration_chunk DROP CONSTRAINT migration_chunk_pkey;
ALTER TABLE partita.migration_chunk ADD PRIMARY KEY (migration, heap, first_block);
COMMENT ON COLUMN partita.migration_chunk.heap IS 'The table in which these blocks lie';
COMMENT ON COLUMN partita.migration_chunk.copied IS 'How many rows of it are in the new table';
COMMENT ON SCHEMA partita IS 'partita state schema, version 4'
