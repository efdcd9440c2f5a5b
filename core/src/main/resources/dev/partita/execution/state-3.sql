-- Version 3: migrations. Where each is, and which parts of the old table have been copied; written in the transaction that did it.
CREATE TABLE partita.migration (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    schema_name  text NOT NULL,
    table_name   text NOT NULL,
    source       oid NOT NULL,
    road         text NOT NULL,
    phase        text NOT NULL,
    started_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    phase_since  timestamptz NOT NULL DEFAULT clock_timestamp(),
    fingerprint  text NOT NULL,
    horizon      bigint,
    filenode     oid,
    blocks       bigint,
    settled      bigint,
    applied      bigint NOT NULL DEFAULT 0,
    paused       boolean NOT NULL DEFAULT false,
    held         boolean NOT NULL DEFAULT false,
    trouble      text
);
CREATE UNIQUE INDEX migration_open ON partita.migration (schema_name, table_name)
 WHERE phase NOT IN ('finished', 'rolled back', 'aborted');
COMMENT ON TABLE partita.migration IS 'Live migrations of tables, finished ones included';
COMMENT ON COLUMN partita.migration.horizon IS 'Whatever a transaction before this one has written to the old table was there when capture began';
COMMENT ON COLUMN partita.migration.settled IS 'The transaction after the last bulk change of the new table; older snapshots do not see its rows';
CREATE TABLE partita.migration_chunk (
    migration   bigint NOT NULL REFERENCES partita.migration,
    first_block bigint NOT NULL,
    end_block   bigint NOT NULL,
    done_at     timestamptz,
    PRIMARY KEY (migration, first_block)
);
COMMENT ON TABLE partita.migration_chunk IS 'Ranges of blocks of the old table, and whether their rows are in the new one';
COMMENT ON SCHEMA partita IS 'partita state schema, version 3'
