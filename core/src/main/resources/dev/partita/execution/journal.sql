-- The newest lines of the journal. What was begun is told by its end, and only when there is none by itself.
-- \set tables '{}'
-- \set since '-infinity'
-- \set outcomes '{}'
-- \set most 50
SELECT j.id, extract(epoch FROM j.happened_at) * 1000 AS happened_at_ms, j.role, host(j.client) AS client, j.process, j.os_user, j.run::text AS run,
       extract(epoch FROM j.planned_for) * 1000 AS planned_for_ms, j.plan, j.table_name, j.relation, j.what, j.reason, j.sql,
       j.outcome, j.problem, j.detail, j.attempts, j.waited_ms, j.took_ms
  FROM partita.journal j
 WHERE (:'tables' = '{}' OR j.table_name = ANY (:'tables'))
   AND j.happened_at >= :'since'
   AND (:'outcomes' = '{}' OR j.outcome = ANY (:'outcomes'))
   AND (j.outcome <> 'begun' OR NOT EXISTS (SELECT FROM partita.journal ended WHERE ended.begun = j.id))
 ORDER BY j.id DESC
 LIMIT :'most'
