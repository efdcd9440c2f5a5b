-- Tables on which pg_partman's automatic maintenance works. The names are as somebody once typed them.
-- \set schema partman
SELECT parent_table
  FROM :"schema".part_config
 WHERE automatic_maintenance <> 'off'
