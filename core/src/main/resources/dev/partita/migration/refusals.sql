-- What stands against the migration of a table, in words, with the ways out. A query for each; nothing here looks at rows.
-- \set table 16384
-- \set columns '{created_at}'
-- \set names '{orders_partita,orders_retired}'
WITH about AS (
    SELECT c.*, c.oid::regclass::text AS called, r.rolname, r.rolsuper OR r.rolbypassrls AS sees_all
      FROM pg_class c
      JOIN pg_roles r ON r.oid = c.relowner
     WHERE c.oid = :'table'::oid
), found (place, what, ways) AS (
    SELECT 1, 'is a partition of another table', ARRAY['migrate that one']
      FROM about a WHERE a.relispartition
     UNION ALL
    SELECT 1, 'has a parent or children by inheritance', ARRAY['take it out of the inheritance: ALTER TABLE … NO INHERIT …']
      FROM about a WHERE NOT a.relispartition AND EXISTS (SELECT FROM pg_inherits i WHERE a.oid IN (i.inhrelid, i.inhparent))
     UNION ALL
    SELECT 2, 'is unlogged: a crash of the server would leave half of it', ARRAY[format('ALTER TABLE %s SET LOGGED', a.called)]
      FROM about a WHERE a.relpersistence = 'u'
     UNION ALL
    SELECT 2, 'is temporary, and a migration outlives a session', ARRAY['make it a table that stays']
      FROM about a WHERE a.relpersistence = 't'
     UNION ALL
    SELECT 3, 'is stored by ' || m.amname || ', and rows can be copied while they change only out of a heap', ARRAY['ALTER TABLE … SET ACCESS METHOD heap (PostgreSQL 15 and up)']
      FROM about a JOIN pg_am m ON m.oid = a.relam WHERE m.amname <> 'heap'
     UNION ALL
    SELECT 4, 'was made of the type ' || a.reloftype::regtype || ', which no partitioned table can be', ARRAY[format('ALTER TABLE %s NOT OF', a.called)]
      FROM about a WHERE a.reloftype <> 0
     UNION ALL
    SELECT 5, 'belongs to the extension ' || quote_ident(e.extname), ARRAY[format('ALTER EXTENSION %I DROP TABLE %s, if you know that it can do without', e.extname, a.called)]
      FROM about a
      JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = a.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
      JOIN pg_extension e ON e.oid = d.refobjid
     UNION ALL
    SELECT 6, 'is a hypertable of TimescaleDB, which divides it in its own way', ARRAY['copy it into a plain table first']
      FROM about a
     WHERE EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE t.tgrelid = a.oid AND starts_with(n.nspname, '_timescaledb'))
     UNION ALL
    SELECT 7, 'has row-level security for its owner as well, so not every row could be copied',
           ARRAY[format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY until the migration is over', a.called),
                 format('or let its owner see all rows: ALTER ROLE %I BYPASSRLS', a.rolname)]
      FROM about a WHERE a.relforcerowsecurity AND NOT a.sees_all
     UNION ALL
    SELECT 8, 'has a security label' || CASE WHEN l.objsubid = 0 THEN '' ELSE ' on its column ' || quote_ident(c.attname) END
               || ' of the provider ' || quote_ident(l.provider),
           ARRAY['take it off: SECURITY LABEL … IS NULL, and label the new table afterwards']
      FROM about a
      JOIN pg_seclabel l ON l.classoid = 'pg_class'::regclass AND l.objoid = a.oid
      LEFT JOIN pg_attribute c ON c.attrelid = a.oid AND c.attnum = l.objsubid AND l.objsubid <> 0
     UNION ALL
    SELECT 9, 'is filled by a subscription, whose rows no trigger notes', ARRAY['migrate it where it is published, or end the subscription first']
      FROM about a WHERE EXISTS (SELECT FROM pg_subscription_rel s WHERE s.srrelid = a.oid)
     UNION ALL
    SELECT 10, 'does not give its owner ' || string_agg(own.privilege_type, ', ' ORDER BY own.privilege_type),
           ARRAY[format('GRANT ALL ON TABLE %s TO %I', a.called, a.rolname)]
      FROM about a
     CROSS JOIN LATERAL aclexplode(acldefault('r', a.relowner)) AS own
     WHERE a.relacl IS NOT NULL
       AND NOT EXISTS (SELECT FROM aclexplode(a.relacl) AS acl
                        WHERE acl.grantee = a.relowner AND acl.privilege_type = own.privilege_type)
     GROUP BY a.called, a.rolname
    HAVING count(*) > 0
     UNION ALL
    SELECT 11, format('has the condition %I that %I is not NULL %s', con.conname, c.attname,
                      CASE WHEN con.convalidated THEN 'for itself only (NO INHERIT), and partitions inherit all'
                           ELSE 'for new rows only (NOT VALID)' END),
           ARRAY[format('ALTER TABLE %s %s', a.called,
                        CASE WHEN con.convalidated THEN format('ALTER CONSTRAINT %I INHERIT', con.conname)
                             ELSE format('VALIDATE CONSTRAINT %I', con.conname) END)]
      FROM about a
      JOIN pg_constraint con ON con.conrelid = a.oid AND con.contype = 'n' AND (con.connoinherit OR NOT con.convalidated)
      JOIN pg_attribute c ON c.attrelid = a.oid AND c.attnum = con.conkey[1]
     UNION ALL
    SELECT 12, format('has a foreign key %I to itself, whose keys are unique only together with the partition key then', con.conname),
           ARRAY[format('ALTER TABLE %s DROP CONSTRAINT %I', a.called, con.conname)]
      FROM about a
      JOIN pg_constraint con ON con.conrelid = a.oid AND con.contype = 'f' AND con.confrelid = a.oid
     UNION ALL
    SELECT 13, format('has a foreign key %I that was never proved', con.conname),
           ARRAY[format('ALTER TABLE %s VALIDATE CONSTRAINT %I', a.called, con.conname), 'or drop it']
      FROM about a
      JOIN pg_constraint con ON con.conrelid = a.oid AND con.contype = 'f' AND con.confrelid <> a.oid AND NOT con.convalidated
     UNION ALL
    SELECT 14, format('has a foreign key %I to %s, which %I may not lock and refer to', con.conname, r.oid::regclass, a.rolname),
           ARRAY[format('GRANT REFERENCES, UPDATE ON %s TO %I', r.oid::regclass, a.rolname), 'or drop it']
      FROM about a
      JOIN pg_constraint con ON con.conrelid = a.oid AND con.contype = 'f' AND con.confrelid <> a.oid AND con.convalidated
      JOIN pg_class r ON r.oid = con.confrelid
     WHERE NOT (has_table_privilege(a.relowner, r.oid, 'REFERENCES') AND has_table_privilege(a.relowner, r.oid, 'UPDATE, DELETE, TRUNCATE'))
     UNION ALL
    SELECT 15, format('has a foreign key %I whose triggers somebody has switched off', con.conname),
           ARRAY[format('ALTER TABLE %s ENABLE TRIGGER ALL', t.tgrelid::regclass)]
      FROM about a
      JOIN pg_trigger t ON t.tgrelid = a.oid AND t.tgisinternal AND t.tgenabled <> 'O'
      JOIN pg_constraint con ON con.oid = t.tgconstraint
     GROUP BY con.conname, t.tgrelid
     UNION ALL
    SELECT 16, format('has a trigger %I for each row that reads the rows of the statement (REFERENCING), which no partitioned table can have', t.tgname),
           ARRAY['make it FOR EACH STATEMENT']
      FROM about a
      JOIN pg_trigger t ON t.tgrelid = a.oid AND NOT t.tgisinternal AND t.tgtype & 1 = 1 AND (t.tgoldtable IS NOT NULL OR t.tgnewtable IS NOT NULL)
     UNION ALL
    SELECT 17, format('has a trigger %I that sets %I before a row is inserted, when its partition is chosen already', t.tgname, k.name),
           ARRAY[format('let a default do it: ALTER TABLE %s ALTER COLUMN %I SET DEFAULT …, and drop the trigger', a.called, k.name)]
      FROM about a
      JOIN pg_trigger t ON t.tgrelid = a.oid AND NOT t.tgisinternal AND t.tgtype & 7 = 7 AND t.tgenabled <> 'D'
      JOIN pg_proc p ON p.oid = t.tgfoid
     CROSS JOIN unnest(:'columns'::text[]) AS k (name)
     WHERE p.prosrc ~* ('\mnew\s*\.\s*"?' || regexp_replace(k.name, '(\W)', '\\\1', 'g') || '"?\s*:?=(?!=)')
     UNION ALL
    SELECT 18, format('counts %I by a sequence of its own (an identity) that something else uses: %s', c.attname,
                      pg_describe_object(used.classid, used.objid, used.objsubid)),
           ARRAY['let that use a sequence which belongs to no identity']
      FROM about a
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
      JOIN pg_sequence q ON q.seqrelid = d.objid
      JOIN pg_attribute c ON c.attrelid = a.oid AND c.attnum = d.refobjsubid
      JOIN pg_depend used ON used.refclassid = 'pg_class'::regclass AND used.refobjid = q.seqrelid AND used.deptype = 'n'
     UNION ALL
    SELECT 19, format('is published by %I, whose subscribers would be told of partitions', p.pubname),
           ARRAY[format('ALTER PUBLICATION %I SET (publish_via_partition_root = true)', p.pubname), 'or take it out, and put it in afterwards']
      FROM about a
      JOIN pg_publication_rel r ON r.prrelid = a.oid
      JOIN pg_publication p ON p.oid = r.prpubid
     WHERE NOT p.pubviaroot
     UNION ALL
    SELECT 19, format('is published by %I, which belongs to %I and not to %I', p.pubname, pg_get_userbyid(p.pubowner), a.rolname),
           ARRAY[format('ALTER PUBLICATION %I OWNER TO %I, who needs CREATE on the database for that', p.pubname, a.rolname), 'or take it out, and put it in afterwards']
      FROM about a
      JOIN pg_publication_rel r ON r.prrelid = a.oid
      JOIN pg_publication p ON p.oid = r.prpubid
     WHERE NOT pg_has_role(a.relowner, p.pubowner, 'USAGE')
     UNION ALL
    SELECT 20, format('is published by %I with all tables%s, and so would the new one be while it is filled', p.pubname,
                      CASE WHEN p.puballtables THEN '' ELSE format(' of the schema %s', a.relnamespace::regnamespace) END),
           ARRAY['let it publish tables by name: CREATE PUBLICATION … FOR TABLE …']
      FROM about a
      JOIN pg_publication p ON p.puballtables
        OR EXISTS (SELECT
                     FROM pg_depend schema
                     JOIN pg_depend publication ON publication.classid = schema.classid AND publication.objid = schema.objid
                    WHERE schema.refclassid = 'pg_namespace'::regclass
                      AND schema.refobjid = a.relnamespace
                      AND publication.refclassid = 'pg_publication'::regclass
                      AND publication.refobjid = p.oid)
     UNION ALL
    SELECT 21, format('needs the name %s, which something else has', n.called), ARRAY['rename or drop it, if nobody needs it']
      FROM about a
     CROSS JOIN LATERAL (
           SELECT o.oid::regclass::text AS called
             FROM pg_class o
            WHERE o.relnamespace = a.relnamespace
              AND o.relname = ANY (:'names'::text[])
            UNION ALL
           SELECT p.oid::regprocedure::text
             FROM pg_proc p
            WHERE p.pronamespace = a.relnamespace
              AND p.proname = ANY (:'names'::text[])
              AND p.pronargs = 0) AS n
)
SELECT what, ways
  FROM found
 ORDER BY place, what
