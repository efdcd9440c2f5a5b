-- What the server was started with, and what pg_dump would have to lock.
SELECT current_setting('max_locks_per_transaction')::bigint AS locks_per_transaction,
       current_setting('max_connections')::bigint AS connections,
       current_setting('max_prepared_transactions')::bigint AS prepared_transactions,
       current_setting('block_size')::bigint AS block_size,
       (SELECT count(*) FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.oid >= 16384) AS tables
