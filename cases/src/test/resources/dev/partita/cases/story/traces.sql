-- How many rows the catalogs have that DDL writes, and which transaction was the last to write one that is still there: two
-- equal answers mean that nobody changed anything between them, not even to what it was. What is new or changed has a
-- younger transaction than all before it, and what is gone is missing in the count.
SELECT what, count(*) AS rows, max(writer::text::bigint) AS last
  FROM (SELECT 'pg_class' AS what, xmin AS writer FROM pg_class
        UNION ALL SELECT 'pg_attribute', xmin FROM pg_attribute
        UNION ALL SELECT 'pg_attrdef', xmin FROM pg_attrdef
        UNION ALL SELECT 'pg_constraint', xmin FROM pg_constraint
        UNION ALL SELECT 'pg_index', xmin FROM pg_index
        UNION ALL SELECT 'pg_inherits', xmin FROM pg_inherits
        UNION ALL SELECT 'pg_partitioned_table', xmin FROM pg_partitioned_table
        UNION ALL SELECT 'pg_namespace', xmin FROM pg_namespace
        UNION ALL SELECT 'pg_proc', xmin FROM pg_proc
        UNION ALL SELECT 'pg_type', xmin FROM pg_type
        UNION ALL SELECT 'pg_policy', xmin FROM pg_policy
        UNION ALL SELECT 'pg_trigger', xmin FROM pg_trigger
        UNION ALL SELECT 'pg_rewrite', xmin FROM pg_rewrite
        UNION ALL SELECT 'pg_sequence', xmin FROM pg_sequence
        UNION ALL SELECT 'pg_statistic_ext', xmin FROM pg_statistic_ext
        UNION ALL SELECT 'pg_description', xmin FROM pg_description
        UNION ALL SELECT 'pg_default_acl', xmin FROM pg_default_acl
        UNION ALL SELECT 'pg_publication_rel', xmin FROM pg_publication_rel) written (what, writer)
 GROUP BY what
 ORDER BY what COLLATE "C"
