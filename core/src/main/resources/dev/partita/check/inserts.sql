-- How many rows went into the given partitions since somebody last reset the statistics, and how long ago that is. Never reset, it
-- cannot be told.
-- \set tables '{16384}'
SELECT sum(s.n_tup_ins)::bigint AS inserts,
       extract(epoch FROM now() - d.stats_reset)::bigint AS seconds
  FROM pg_stat_database d
 CROSS JOIN pg_stat_all_tables s
 WHERE d.datname = current_database()
   AND d.stats_reset IS NOT NULL
   AND s.relid = ANY (:'tables'::oid[])
 GROUP BY d.stats_reset
