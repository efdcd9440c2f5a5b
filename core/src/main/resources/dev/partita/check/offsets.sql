-- How far the clocks of a zone are ahead of UTC at the given instants, in seconds, by the server's rules.
-- \set instants '{1793487600}'
-- \set zone Europe/Berlin
SELECT i AS instant,
       (extract(epoch FROM to_timestamp(i) AT TIME ZONE :'zone') - i)::int AS ahead
  FROM unnest(:'instants'::bigint[]) AS i
