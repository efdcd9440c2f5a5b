-- Whether an index orders the rows of a table by the column first, so that a range of it is found without a scan.
-- \set tables '{16384}'
-- \set column id
SELECT EXISTS (
    SELECT
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indexrelid
      JOIN pg_am am ON am.oid = c.relam AND am.amname = 'btree'
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
     WHERE i.indrelid = ANY (:'tables'::oid[])
       AND a.attname = :'column'
       AND i.indisvalid
       AND i.indpred IS NULL) AS leading
