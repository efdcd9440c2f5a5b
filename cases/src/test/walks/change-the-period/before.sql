CREATE TABLE orders (created_at timestamptz NOT NULL) PARTITION BY RANGE (created_at);
DO $$
  DECLARE this_month timestamptz := date_trunc('month', now(), 'UTC');
BEGIN
  EXECUTE format('CREATE TABLE this_month PARTITION OF orders FOR VALUES FROM (%L) TO (%L)',
      this_month, this_month + interval '1 month');
  EXECUTE format('CREATE TABLE next_month PARTITION OF orders FOR VALUES FROM (%L) TO (%L)',
      this_month + interval '1 month', this_month + interval '2 months');
END $$;
