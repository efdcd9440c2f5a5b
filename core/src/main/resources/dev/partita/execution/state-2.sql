-- Version 2: the journal and the last run. What was changed in the database, written in the transaction that changed it.
-- Rows of the journal are only added.
CREATE TABLE partita.journal (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    role        text NOT NULL DEFAULT session_user,
    client      inet DEFAULT inet_client_addr(),
    process     int NOT NULL DEFAULT pg_backend_pid(),
    os_user     text NOT NULL,
    run         uuid NOT NULL,
    begun       bigint,
    planned_for timestamptz NOT NULL,
    plan        text NOT NULL,
    table_name  text NOT NULL,
    relation    text NOT NULL,
    what        text NOT NULL,
    reason      text NOT NULL,
    sql         text NOT NULL,
    outcome     text NOT NULL,
    problem     text,
    detail      text,
    attempts    int NOT NULL,
    waited_ms   bigint NOT NULL,
    took_ms     bigint NOT NULL
);
CREATE INDEX journal_begun ON partita.journal (id) WHERE outcome = 'begun';
CREATE INDEX journal_ended ON partita.journal (begun) WHERE begun IS NOT NULL;
COMMENT ON COLUMN partita.journal.begun IS 'Where a statement has transactions of its own: the row that was written before it';
COMMENT ON TABLE partita.journal IS 'Every change that partita made or tried: who, when, why, the exact SQL, and what became of it';
CREATE TABLE partita.last_run (
    schema_name text NOT NULL,
    table_name  text NOT NULL,
    ran_at      timestamptz NOT NULL,
    rule        text NOT NULL,
    doubt       text,
    PRIMARY KEY (schema_name, table_name)
);
COMMENT ON TABLE partita.last_run IS 'What was kept of each table when partita last ran; a change, a long silence or a jump of the clock makes retirement wait for a person';
COMMENT ON SCHEMA partita IS 'partita state schema, version 2'
