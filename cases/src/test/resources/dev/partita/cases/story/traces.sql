-- A digest of every row of the catalog that DDL writes, with the transaction that wrote it: two equal answers mean that
-- nobody changed anything between them, not even to what it was.
SELECT what, count(*) AS rows, md5(string_agg(row, ',' ORDER BY row)) AS digest
  FROM (SELECT 'pg_class' AS what, oid || ' ' || xmin AS row FROM pg_class
        UNION ALL SELECT 'pg_attribute', attrelid || ' ' || attnum || ' ' || xmin FROM pg_attribute
        UNION ALL SELECT 'pg_attrdef', oid || ' ' || xmin FROM pg_attrdef
        UNION ALL SELECT 'pg_constraint', oid || ' ' || xmin FROM pg_constraint
        UNION ALL SELECT 'pg_index', indexrelid || ' ' || xmin FROM pg_index
        UNION ALL SELECT 'pg_inherits', inhrelid || ' ' || xmin FROM pg_inherits
        UNION ALL SELECT 'pg_partitioned_table', partrelid || ' ' || xmin FROM pg_partitioned_table
        UNION ALL SELECT 'pg_namespace', oid || ' ' || xmin FROM pg_namespace
        UNION ALL SELECT 'pg_proc', oid || ' ' || xmin FROM pg_proc
        UNION ALL SELECT 'pg_type', oid || ' ' || xmin FROM pg_type
        UNION ALL SELECT 'pg_policy', oid || ' ' || xmin FROM pg_policy
        UNION ALL SELECT 'pg_trigger', oid || ' ' || xmin FROM pg_trigger
        UNION ALL SELECT 'pg_rewrite', oid || ' ' || xmin FROM pg_rewrite
        UNION ALL SELECT 'pg_sequence', seqrelid || ' ' || xmin FROM pg_sequence
        UNION ALL SELECT 'pg_statistic_ext', oid || ' ' || xmin FROM pg_statistic_ext
        UNION ALL SELECT 'pg_description', objoid || ' ' || objsubid || ' ' || xmin FROM pg_description
        UNION ALL SELECT 'pg_default_acl', oid || ' ' || xmin FROM pg_default_acl
        UNION ALL SELECT 'pg_publication_rel', oid || ' ' || xmin FROM pg_publication_rel) written (what, row)
 GROUP BY what
 ORDER BY what COLLATE "C"
