-- What partita remembers of its last run on each table.
SELECT r.schema_name AS "schema",
       r.table_name AS name,
       (extract(epoch FROM r.ran_at) * 1000)::bigint AS ran_at,
       r.rule,
       r.doubt
  FROM partita.last_run r
