CREATE TABLE events (id bigint, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE events_2023_12 PARTITION OF events FOR VALUES FROM ('2023-12-01 00:00:00+00') TO ('2024-01-01 00:00:00+00');
CREATE TABLE events_future PARTITION OF events FOR VALUES FROM ('2024-01-01 00:00:00+00') TO (MAXVALUE);
INSERT INTO events SELECT n, '2024-01-01 00:00:00+00'::timestamptz + n * interval '1 minute' FROM generate_series(1, 1000) n;
