-- Version 1: the lease. Every run takes the lease; its epoch fences off whoever slept meanwhile.
CREATE TABLE partita.lease (
    name       text PRIMARY KEY,
    epoch      bigint NOT NULL,
    holder     text NOT NULL,
    taken_at   timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE partita.lease IS 'Who may change partitions now; rows stay, epochs only grow';
COMMENT ON SCHEMA partita IS 'partita state schema, version 1'
