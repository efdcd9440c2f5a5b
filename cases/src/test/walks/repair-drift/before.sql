CREATE TABLE orders (id bigint NOT NULL, created_at timestamptz NOT NULL, PRIMARY KEY (id, created_at)) PARTITION BY RANGE (created_at);
SET TimeZone = 'UTC';
DO $$
BEGIN
  FOR month IN 0..1 LOOP
    EXECUTE format('CREATE TABLE orders_%s PARTITION OF orders FOR VALUES FROM (%L) TO (%L)',
        to_char(date_trunc('month', now()) + make_interval(months => month), 'YYYY_MM'),
        date_trunc('month', now()) + make_interval(months => month),
        date_trunc('month', now()) + make_interval(months => month + 1));
  END LOOP;
END $$;
GRANT SELECT ON orders TO PUBLIC;
