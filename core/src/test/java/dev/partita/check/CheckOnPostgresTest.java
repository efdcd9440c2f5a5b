package dev.partita.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.partita.plan.Severity;
import dev.partita.sql.Identifier;
import dev.partita.table.TableName;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each finding is told where it is so, and kept quiet where it is not. */
@OnEveryPostgres
class CheckOnPostgresTest {

    private static final String MONTHS = """
            CREATE TABLE %1$s (id bigint, region text, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE %1$s_2026_09 PARTITION OF %1$s FOR VALUES FROM ('2026-09-01 00:00+00') TO ('2026-10-01 00:00+00');
            CREATE TABLE %1$s_2026_10 PARTITION OF %1$s FOR VALUES FROM ('2026-10-01 00:00+00') TO ('2026-11-01 00:00+00');
            CREATE TABLE %1$s_2026_11 PARTITION OF %1$s FOR VALUES FROM ('2026-11-01 00:00+00') TO ('2026-12-01 00:00+00');
            CREATE TABLE %1$s_2026_12 PARTITION OF %1$s FOR VALUES FROM ('2026-12-01 00:00+00') TO ('2027-01-01 00:00+00');
            INSERT INTO %1$s SELECT n, 'EU', timestamptz '2026-09-01 00:00+00' + n * interval '1 hour' FROM generate_series(0, 1967) n;
            ANALYZE %1$s;
            """;

    private static void months(TestDatabase database, String table) {
        database.execute(MONTHS.formatted(table));
    }

    @Test
    void findsNothingWhereAllIsWell(TestDatabase database) throws SQLException {
        months(database, "orders");
        Checked checked = Checked.of(database);

        assertThat(checked.of("orders")).isEmpty();
        assertThat(checked.check().findings()).isEmpty();
        assertThat(checked.table("orders").runway())
                .isEqualTo(new Runway.Until(Duration.ofHours(39 * 24 + 12), "2027-01-01"));
        assertThat(checked.table("orders").leaves()).isEqualTo(4);
        assertThat(checked.table("orders").estimatedRows()).isEqualTo(1968);
        assertThat(checked.check().reaches(Severity.INFO)).isFalse();
    }

    @Test
    @Fault(75)
    void warnsAMonthAheadAndPagesAWeekAheadUnlessDefaultTakesTheRows(TestDatabase database) throws SQLException {
        months(database, "orders");
        try (Connection connection = database.partita().getConnection()) {
            CheckReader reader = CheckReader.with(Checked.SMALL);
            assertThat(severities(reader.read(connection, Instant.parse("2026-12-01T23:00:00Z"))))
                    .isEmpty();
            assertThat(severities(reader.read(connection, Instant.parse("2026-12-03T00:00:00Z"))))
                    .containsExactly(Severity.WARNING);
            assertThat(severities(reader.read(connection, Instant.parse("2026-12-25T00:00:01Z"))))
                    .containsExactly(Severity.ERROR);
            assertThat(severities(reader.read(connection, Instant.parse("2027-01-01T00:00:00Z"))))
                    .containsExactly(Severity.ERROR);
            database.execute("CREATE TABLE orders_default PARTITION OF orders DEFAULT");
            assertThat(severities(reader.read(connection, Instant.parse("2027-01-01T00:00:00Z"))))
                    .containsExactly(Severity.WARNING);
        }
    }

    /** Those about the runway. */
    private static List<Severity> severities(Check check) {
        return check.allFindings()
                .filter(finding -> finding.problem().code().name().startsWith("RUNWAY"))
                .map(finding -> finding.severity())
                .toList();
    }

    @Test
    void tellsTheRunwayOfEachBranchOfAList(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE audit (region text, at date) PARTITION BY LIST (region);
                CREATE TABLE audit_us PARTITION OF audit FOR VALUES IN ('us') PARTITION BY RANGE (at);
                CREATE TABLE audit_us_11 PARTITION OF audit_us FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
                CREATE TABLE audit_eu PARTITION OF audit FOR VALUES IN ('eu') PARTITION BY RANGE (at);
                CREATE TABLE audit_eu_11 PARTITION OF audit_eu FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
                CREATE TABLE audit_eu_12 PARTITION OF audit_eu FOR VALUES FROM ('2026-12-01') TO ('2027-01-01');
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("audit"))
                .containsExactly(
                        "WARNING RUNWAY_SHORT audit_us: partitions reach until 2026-12-01, which is 8 days from"
                                + " now; later ones are refused");
        assertThat(checked.table("audit").runway()).isInstanceOf(Runway.Until.class);
    }

    @Test
    void countsIdsAndTellsThatListsAndHashesDoNotMoveOn(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE events (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE events_0 PARTITION OF events FOR VALUES FROM (0) TO (1000);
                CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1000) TO (2000);
                INSERT INTO events SELECT generate_series(0, 1499);
                ANALYZE events;
                CREATE TABLE regions (region text) PARTITION BY LIST (region);
                CREATE TABLE regions_eu PARTITION OF regions FOR VALUES IN ('eu');
                CREATE TABLE customers (id bigint) PARTITION BY HASH (id);
                CREATE TABLE customers_0 PARTITION OF customers FOR VALUES WITH (MODULUS 1, REMAINDER 0);
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.table("events").runway())
                .isEqualTo(new Runway.Ids(
                        BigDecimal.valueOf(500),
                        BigDecimal.valueOf(2000),
                        Optional.of(BigDecimal.valueOf(1000)),
                        Optional.empty()));
        assertThat(checked.of("events"))
                .containsExactly(
                        "WARNING RUNWAY_SHORT partitions reach until 2000, which is 500 numbers from the newest row;"
                                + " later ones are refused");
        assertThat(checked.table("regions").runway())
                .isEqualTo(new Runway.NotApplicable("rows of a list do not move on"));
        assertThat(checked.table("customers").runway())
                .isEqualTo(new Runway.NotApplicable("rows of a hash do not move on"));
        assertThat(checked.of("regions")).isEmpty();
        assertThat(checked.of("customers")).isEmpty();
    }

    @Test
    void seesHoles(TestDatabase database) throws SQLException {
        months(database, "orders");
        database.execute("""
                DROP TABLE orders_2026_10;
                CREATE TABLE orders_2027_03 PARTITION OF orders FOR VALUES FROM ('2027-03-01 00:00+00') TO ('2027-04-01 00:00+00');
                ANALYZE orders;
                CREATE TABLE customers (id bigint) PARTITION BY HASH (id);
                CREATE TABLE customers_0 PARTITION OF customers FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                CREATE TABLE customers_3 PARTITION OF customers FOR VALUES WITH (MODULUS 4, REMAINDER 3);
                CREATE TABLE nothing (id bigint) PARTITION BY LIST (id);
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("orders"))
                .containsExactly(
                        "WARNING RANGE_GAP no partition takes [2027-01-01, 2027-03-01); rows of it are refused",
                        "INFO RANGE_GAP no partition takes [2026-10-01, 2026-11-01) of the past; rows of it are refused");
        assertThat(checked.table("orders").runway().time())
                .as("what lies behind a hole does not help")
                .contains(Duration.ofHours(39 * 24 + 12));
        assertThat(checked.of("customers"))
                .containsExactly(
                        "ERROR HASH_REMAINDER_MISSING no partition takes remainder 1 of 4: about 25 % of all rows"
                                + " are refused");
        assertThat(checked.of("nothing"))
                .containsExactly("ERROR NO_PARTITION_AT_ALL it has no partition, so every row is refused");
    }

    @Test
    void seesBoundsOffTheGridOfAZoneAndWithoutEnd(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE berlin (at timestamptz NOT NULL) PARTITION BY RANGE (at);
                CREATE TABLE berlin_old PARTITION OF berlin FOR VALUES FROM ('2000-01-01 00:00+01') TO ('2026-09-01 00:00+02');
                CREATE TABLE berlin_09 PARTITION OF berlin FOR VALUES FROM ('2026-09-01 00:00+02') TO ('2026-10-01 00:00+02');
                CREATE TABLE berlin_10 PARTITION OF berlin FOR VALUES FROM ('2026-10-01 00:00+02') TO ('2026-11-01 00:00+01');
                CREATE TABLE berlin_11 PARTITION OF berlin FOR VALUES FROM ('2026-11-01 00:00+01') TO ('2026-12-01 00:00+01');
                CREATE TABLE berlin_future PARTITION OF berlin FOR VALUES FROM ('2026-12-01 00:00+01') TO (MAXVALUE);
                INSERT INTO berlin SELECT timestamptz '2026-08-01 00:00+00' + n * interval '1 day' FROM generate_series(0, 100) n;
                ANALYZE berlin;
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("berlin"))
                .containsExactly(
                        "WARNING CATCH_ALL_BLOCKS_FUTURE berlin_future has no end, so it takes every later row and grows for"
                                + " ever; no partition can be made beside it",
                        "INFO BOUND_OFF_GRID 1 partition with other bounds than every 1 month, which the newest have:"
                                + " berlin_old",
                        "INFO BOUNDS_FOLLOW_A_ZONE its bounds are midnights of Europe/Berlin: whoever makes the next"
                                + " partition under another TimeZone leaves a gap or an overlap");
        assertThat(checked.table("berlin").runway()).isEqualTo(new Runway.Endless());
    }

    /** Berlin's clocks are the same everywhere, so nothing is told about them above. */
    @Test
    @Fault(62)
    void seesThatTheServersClocksOfAZoneAreOthers(TestDatabase database) throws SQLException {
        OddZones.know();
        database.execute("""
                CREATE TABLE odd (at timestamptz NOT NULL) PARTITION BY RANGE (at);
                CREATE TABLE odd_10 PARTITION OF odd FOR VALUES FROM ('2026-10-01 00:00+01:17') TO ('2026-11-01 00:00+01:17');
                CREATE TABLE odd_11 PARTITION OF odd FOR VALUES FROM ('2026-11-01 00:00+01:17') TO ('2026-12-01 00:00+01:17');
                CREATE TABLE odd_12 PARTITION OF odd FOR VALUES FROM ('2026-12-01 00:00+01:17') TO ('2027-01-01 00:00+01:17');
                CREATE TABLE unheard (at timestamptz NOT NULL) PARTITION BY RANGE (at);
                CREATE TABLE unheard_11 PARTITION OF unheard FOR VALUES FROM ('2026-11-01 00:00+02:43') TO ('2026-12-01 00:00+02:43');
                CREATE TABLE unheard_12 PARTITION OF unheard FOR VALUES FROM ('2026-12-01 00:00+02:43') TO ('2027-01-01 00:00+02:43');
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("odd"))
                .contains(
                        "WARNING ZONE_RULES_DIFFER the bound at 2026-10-31T22:43:00Z is 2026-11-01T00:00+01:17 in Partita/Odd-1"
                                + " by the rules of this Java, and 2026-10-31T23:43+01:00 by the server's");
        assertThat(checked.of("unheard"))
                .contains("WARNING ZONE_RULES_DIFFER the bound at 2026-10-31T21:17:00Z is 2026-11-01T00:00+02:43 in"
                        + " Partita/Unheard by the rules of this Java, and the server does not know that zone");
    }

    @Test
    void seesAHalfDetachedPartition(TestDatabase database) throws Exception {
        months(database, "orders");
        try (Connection reader = database.owner().getConnection();
                Connection detaching = database.owner().getConnection();
                Statement read = reader.createStatement();
                Statement detach = detaching.createStatement()) {
            reader.setAutoCommit(false);
            read.execute("SELECT count(*) FROM public.orders");
            detach.execute("SET lock_timeout = 200");
            assertThatThrownBy(() -> detach.execute(
                            "ALTER TABLE public.orders DETACH PARTITION public.orders_2026_12 CONCURRENTLY"))
                    .hasMessageContaining("lock timeout");
            reader.rollback();
        }

        assertThat(Checked.of(database).of("orders"))
                .contains(
                        "ERROR DETACH_PENDING public.orders_2026_12 is half detached: readers do not see its rows, and its"
                                + " inserts are refused")
                .anyMatch(finding -> finding.startsWith("WARNING RUNWAY_SHORT partitions reach until 2026-12-01"));
    }

    @Test
    @Fault(65)
    void findsRowsInDefaultAndCountsThemWhenAsked(TestDatabase database) throws SQLException {
        months(database, "orders");
        database.execute("""
                CREATE TABLE orders_default PARTITION OF orders DEFAULT;
                CREATE TABLE regions (region text) PARTITION BY LIST (region);
                CREATE TABLE regions_eu PARTITION OF regions FOR VALUES IN ('eu');
                CREATE TABLE regions_other PARTITION OF regions DEFAULT;
                """);
        assertThat(Checked.of(database).of("orders")).isEmpty();
        assertThat(Checked.of(database).table("orders").defaults())
                .containsExactly(new Leaked(TableName.parse("orders_default"), new Looked.Empty(), Optional.empty()));

        database.execute("""
                INSERT INTO orders SELECT n, 'EU', '2027-02-03 00:00+00' FROM generate_series(1, 70) n;
                INSERT INTO orders VALUES (1, 'EU', '2027-05-01 00:00+00'), (2, 'EU', '2026-08-31 23:59:59.999999+00'),
                    (3, 'EU', '2077-01-01 00:00+00');
                INSERT INTO regions VALUES ('us'), ('us'), ('ap'), (NULL);
                """);
        assertThat(Checked.of(database).of("orders"))
                .containsExactly(
                        "WARNING DEFAULT_HAS_ROWS public.orders_default holds rows without a partition of theirs,"
                                + " and none can be made for their ranges");

        Checked scanned = Checked.of(database, CheckReader.with(Checked.SMALL).scanning());
        Leaked.Counted counted =
                scanned.table("orders").defaults().get(0).counted().orElseThrow();
        assertThat(counted.parts())
                .containsExactly(
                        new Leaked.Part("[2026-08-01, 2026-09-01)", 1, false),
                        new Leaked.Part("[2027-02-01, 2027-03-01)", 70, false),
                        new Leaked.Part("[2027-05-01, 2027-06-01)", 1, false),
                        new Leaked.Part("[2077-01-01, 2077-02-01)", 1, true));
        assertThat(counted.rows()).isEqualTo(73);
        assertThat(scanned.of("orders"))
                .containsExactly(
                        "WARNING DEFAULT_HAS_ROWS public.orders_default holds 73 rows: [2026-08-01, 2026-09-01) (1),"
                                + " [2027-02-01, 2027-03-01) (70), [2027-05-01, 2027-06-01) (1), [2077-01-01, 2077-02-01) (1);"
                                + " likely: a clock or a date that is wrong, a partition that was not there in time");
        assertThat(scanned.of("regions"))
                .containsExactly(
                        "INFO DEFAULT_HAS_ROWS public.regions_other holds 4 rows: us (2), ap (1), no key at all"
                                + " (1); likely: a key that is NULL, a partition that was not there in time");
    }

    @Test
    void neverWaitsForALockOnALeafAndSaysWhoHoldsIt(TestDatabase database) throws Exception {
        months(database, "orders");
        months(database, "others");
        database.execute("CREATE TABLE orders_default PARTITION OF orders DEFAULT");
        try (Connection holder = database.owner().getConnection();
                Statement hold = holder.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("LOCK TABLE public.orders_default, public.orders_2026_09 IN ACCESS EXCLUSIVE MODE");

            long begin = System.nanoTime();
            Checked checked = Checked.of(database);
            long took = (System.nanoTime() - begin) / 1_000_000;

            assertThat(checked.of("orders"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .matches(
                            "WARNING DEFAULT_UNREADABLE whether rows lie in public\\.orders_default is unknown: locked by"
                                    + " pid \\d+ \\(shop\\)");
            assertThat(checked.of("others")).isEmpty();
            assertThat(took).as("milliseconds").isLessThan(5_000);
            holder.rollback();
        }
    }

    @Test
    void seesSkewAndWhatIsOversizedOrEmpty(TestDatabase database) throws SQLException {
        months(database, "orders");
        database.execute("""
                CREATE TABLE orders_2026_07 PARTITION OF orders FOR VALUES FROM ('2026-07-01 00:00+00') TO ('2026-08-01 00:00+00');
                CREATE TABLE orders_2026_08 PARTITION OF orders FOR VALUES FROM ('2026-08-01 00:00+00') TO ('2026-09-01 00:00+00');
                ANALYZE orders;
                CREATE TABLE customers (id bigint) PARTITION BY HASH (id);
                CREATE TABLE customers_0 PARTITION OF customers FOR VALUES WITH (MODULUS 4, REMAINDER 0);
                CREATE TABLE customers_1 PARTITION OF customers FOR VALUES WITH (MODULUS 4, REMAINDER 1);
                CREATE TABLE customers_2 PARTITION OF customers FOR VALUES WITH (MODULUS 4, REMAINDER 2);
                CREATE TABLE customers_3 PARTITION OF customers FOR VALUES WITH (MODULUS 4, REMAINDER 3);
                INSERT INTO customers SELECT 1 FROM generate_series(1, 60000);
                ANALYZE customers;
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("orders"))
                .containsExactly(
                        "INFO PARTITIONS_EMPTY 2 partitions of the past without a row: orders_2026_07, orders_2026_08");
        assertThat(checked.of("customers"))
                .hasSize(2)
                .anyMatch(finding ->
                        finding.matches("WARNING PARTITIONS_SKEWED public\\.customers_\\d is \\d+ times as large"
                                + " as the median of its siblings .*"))
                .anyMatch(finding -> finding.matches(
                        "WARNING PARTITION_OVERSIZED public\\.customers_\\d holds 2 MB, more than 1 MB: .*"));
    }

    @Test
    void seesAKeyFirstPrimaryKeyUnlessAnIndexMakesUpForIt(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE orders (id bigint, at timestamptz, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
                CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
                """);
        assertThat(Checked.of(database).of("orders"))
                .containsExactly(
                        "INFO PRIMARY_KEY_LED_BY_PARTITION_KEY its primary key (at, id) begins with the partition"
                                + " key, so a search by id alone reads all partitions from end to end");

        database.execute("CREATE INDEX ON orders (id)");
        assertThat(Checked.of(database).of("orders")).isEmpty();
    }

    @Test
    void seesStatisticsOfAParentThatNobodyRenews(TestDatabase database) throws SQLException {
        months(database, "orders");
        assertThat(Checked.of(database).of("orders")).isEmpty();

        database.execute("""
                INSERT INTO orders SELECT n, 'EU', '2026-11-30 00:00+00' FROM generate_series(1, 1500) n;
                ANALYZE orders_2026_11;
                """);
        assertThat(Checked.of(database).of("orders"))
                .containsExactly(
                        "WARNING STATISTICS_STALE the planner believes in 1968 rows, and its partitions hold about"
                                + " 3468; autovacuum does not analyze the table as a whole");

        database.execute("""
                CREATE TABLE copies (LIKE orders) PARTITION BY RANGE (at);
                CREATE TABLE copies_1 PARTITION OF copies FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
                INSERT INTO copies SELECT * FROM orders;
                ANALYZE copies_1;
                """);
        assertThat(Checked.of(database).of("copies"))
                .containsExactly(
                        "WARNING STATISTICS_STALE nobody has ever analyzed the table as a whole, so the planner"
                                + " guesses; autovacuum does it for partitions only");
    }

    @Test
    void seesEveryKindOfDrift(TestDatabase database) throws SQLException {
        database.createRole("check_reader", "NOLOGIN");
        database.createRole("check_other", "NOLOGIN");
        months(database, "orders");
        assertThat(Checked.of(database).table("orders").drift()).isEmpty();

        database.execute("""
                GRANT SELECT ON orders TO check_reader;
                GRANT INSERT ON orders_2026_10 TO check_reader;
                GRANT SELECT ON orders_2026_10 TO check_reader;
                GRANT SELECT ON orders_2026_11 TO check_reader;
                COMMENT ON TABLE orders IS 'what was ordered';
                COMMENT ON TABLE orders_2026_09 IS 'x';
                COMMENT ON TABLE orders_2026_10 IS 'x';
                COMMENT ON TABLE orders_2026_11 IS 'x';
                CREATE INDEX orders_region ON ONLY orders (region);
                CREATE INDEX orders_2026_12_region ON orders_2026_12 (region);
                ALTER INDEX orders_region ATTACH PARTITION orders_2026_12_region;
                CREATE INDEX ON orders_2026_10 (at);
                CREATE INDEX ON orders_2026_11 (at);
                CREATE INDEX ON orders_2026_12 (at);
                CREATE INDEX only_here ON orders_2026_12 (at DESC, region) WHERE region = 'x';
                ALTER TABLE orders_2026_12 ADD CONSTRAINT small CHECK (id > 0) NOT VALID;
                ALTER TABLE orders_2026_12 SET (fillfactor = 50);
                ALTER TABLE orders_2026_11 REPLICA IDENTITY FULL;
                ALTER TABLE orders_2026_11 ALTER COLUMN region SET STATISTICS 500;
                ALTER TABLE orders_2026_10 ENABLE ROW LEVEL SECURITY;
                """);
        database.executeAsSuperuser("""
                SET search_path = public;
                ALTER TABLE orders_2026_09 OWNER TO check_other;
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("orders"))
                .containsExactlyInAnyOrder(
                        "WARNING OWNER_DRIFT the owner is check_other, and the table's is shop_owner, on 1 of 4 partitions:"
                                + " orders_2026_09",
                        "INFO ROW_SECURITY_DRIFT row-level security is on, and on the table it is off, on 1 of 4 partitions:"
                                + " orders_2026_10",
                        "WARNING REPLICATION_DRIFT the replica identity is FULL, and the table's is DEFAULT, on 1 of 4"
                                + " partitions: orders_2026_11",
                        "INFO GRANT_DRIFT SELECT for check_reader is granted on the table and not on the partition, which only"
                                + " those notice who name the partition, on 2 of 4 partitions: orders_2026_09, orders_2026_12",
                        "WARNING GRANT_DRIFT INSERT for check_reader is granted on the partition and not on the table: a way"
                                + " around it, on 1 of 4 partitions: orders_2026_10",
                        "WARNING INDEX_DRIFT index orders_region of the table is unfinished and serves no query, on 3 of 4"
                                + " partitions: orders_2026_09, orders_2026_10, orders_2026_11",
                        "WARNING INDEX_DRIFT an index btree (at) as most partitions have it is missing, on 1 of 4 partitions:"
                                + " orders_2026_09",
                        "INFO INDEX_DRIFT there is an index btree (at, region) WHERE … that most partitions do not have, on 1"
                                + " of 4 partitions: orders_2026_12",
                        "WARNING CONSTRAINT_DRIFT a constraint was never validated, on 1 of 4 partitions: orders_2026_12",
                        "INFO CONSTRAINT_DRIFT there is a check that the table does not have, on 1 of 4 partitions:"
                                + " orders_2026_12",
                        "INFO STORAGE_DRIFT fillfactor is 50, and most partitions have none, on 1 of 4 partitions:"
                                + " orders_2026_12",
                        "INFO STATISTICS_TARGET_DRIFT the statistics target of region is 500, and the table's is the default,"
                                + " on 1 of 4 partitions: orders_2026_11",
                        "INFO COMMENT_DRIFT the comment of the table is missing, on 1 of 4 partitions: orders_2026_12");
    }

    @Test
    void seesUnloggedAndSinglyPublishedPartitionsAndInvalidIndexes(TestDatabase database) throws SQLException {
        months(database, "orders");
        database.execute("""
                CREATE INDEX broken ON orders_2026_09 (region);
                ALTER TABLE orders_2026_10 SET UNLOGGED;
                """);
        database.executeAsSuperuser("""
                SET search_path = public;
                CREATE PUBLICATION singly FOR TABLE orders_2026_09, orders_2026_11, orders_2026_12;
                UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass;
                """);

        assertThat(Checked.of(database).of("orders"))
                .containsExactlyInAnyOrder(
                        "WARNING INDEX_DRIFT an index is invalid: it costs every write and serves no query, on 1 of 4"
                                + " partitions: orders_2026_09",
                        "WARNING STORAGE_DRIFT the partition is unlogged and the table is not: a crash of the server empties it,"
                                + " on 1 of 4 partitions: orders_2026_10",
                        "WARNING REPLICATION_DRIFT publication singly lacks it and has most others, on 1 of 4 partitions:"
                                + " orders_2026_10");
    }

    @Test
    void measuresLocksAgainstTheServersOwnSettings(TestDatabase database) throws SQLException {
        long budget = Long.parseLong(database.value("SELECT current_setting('max_locks_per_transaction')::int"
                + " * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int)"));
        long partitions = budget / 10 / 3;
        StringBuilder sql = new StringBuilder("CREATE TABLE many (k int, a int, b int) PARTITION BY LIST (k);\n"
                + "CREATE INDEX ON many (a); CREATE INDEX ON many (b);\n");
        for (long k = 0; k < partitions; k++) {
            sql.append("CREATE TABLE many_%1$d PARTITION OF many FOR VALUES IN (%1$d);\n".formatted(k));
        }
        database.execute(sql.toString().split("(?<=;\n)"));
        long locks = 3 + partitions * 3;

        assertThat(Checked.of(database).of("many"))
                .containsExactly("WARNING LOCK_BUDGET_SHORT a query without the partition key takes " + locks
                        + " locks, 10 % of the " + budget + " that the server's table of locks is made for");
        database.execute("DROP TABLE many_0");
        assertThat(Checked.of(database).of("many")).isEmpty();
    }

    @Test
    void printsTheGrantsThatARoleLacks(TestDatabase database) throws SQLException {
        database.createRole("check_runner", "LOGIN NOINHERIT");
        months(database, "orders");
        CheckReader reader = CheckReader.with(Checked.SMALL).forRole(Identifier.of("check_runner"));

        TableCheck before = Checked.of(database, reader).table("orders");
        assertThat(before.findings()).hasSize(1);
        assertThat(before.findings().get(0).problem().message())
                .isEqualTo("check_runner may not act for the owner, shop_owner");
        List<String> grants = before.findings().get(0).problem().waysOut();
        assertThat(grants).containsExactly("GRANT shop_owner TO check_runner");

        database.executeAsSuperuser(grants.get(0));
        assertThat(Checked.of(database, reader).of("orders")).isEmpty();
        assertThat(Checked.of(database, CheckReader.with(Checked.SMALL).forRole(Identifier.of("nobody_there")))
                        .check()
                        .findings())
                .hasSize(1);

        database.execute("CREATE TABLE orders_default PARTITION OF orders DEFAULT");
        try (Connection connection = database.connect("check_runner")) {
            assertThat(CheckReader.with(Checked.SMALL)
                            .read(connection, Checked.NOW)
                            .tables()
                            .get(0)
                            .defaults())
                    .as("with the owner's rights")
                    .containsExactly(
                            new Leaked(TableName.parse("orders_default"), new Looked.Empty(), Optional.empty()));
        }
    }

    @Test
    void asksForTablesByNameAndRefusesUnknownOnes(TestDatabase database) throws SQLException {
        months(database, "orders");
        months(database, "others");
        CheckReader reader = CheckReader.with(Checked.SMALL);

        assertThat(Checked.of(database, reader.only(Set.of(TableName.parse("others"))))
                        .check()
                        .tables())
                .hasSize(1);
        assertThatThrownBy(() -> Checked.of(database, reader.only(Set.of(TableName.parse("orders_2026_09")))))
                .hasMessageContaining("TABLE_UNKNOWN");
    }

    @Test
    void leavesNothingBehind(TestDatabase database) throws SQLException {
        months(database, "orders");
        try (Connection connection = database.partita().getConnection()) {
            connection.setReadOnly(true);
            CheckReader.with(Checked.SMALL).scanning().read(connection, Checked.NOW);
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(database.value("SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                            + " WHERE a.application_name = 'partita/test'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void tellsIdsInDaysWhereARateIsKnown(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE events (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE events_0 PARTITION OF events FOR VALUES FROM (0) TO (1000);
                CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1000) TO (2000);
                INSERT INTO events VALUES (1499);
                ANALYZE events;
                """);
        CheckFacts facts;
        try (Connection connection = database.partita().getConnection()) {
            facts = CheckReader.with(Checked.SMALL).look(connection, Checked.NOW);
        }

        assertThat(severities(Check.of(facts.with(Map.of(TableName.parse("events"), 12.0)), Checked.SMALL)))
                .as("500 ids at 12 a day")
                .isEmpty();
        assertThat(severities(Check.of(facts.with(Map.of(TableName.parse("events"), 50.0)), Checked.SMALL)))
                .containsExactly(Severity.WARNING);
        Check check = Check.of(facts.with(Map.of(TableName.parse("events"), 100.0)), Checked.SMALL);
        assertThat(severities(check)).containsExactly(Severity.ERROR);
        assertThat(check.tables().get(0).runway().time()).contains(Duration.ofDays(5));
    }

    @Test
    void saysWhoKeepsTheNewestRowOfATableOfNumbersFromBeingSeen(TestDatabase database) throws Exception {
        database.execute("""
                CREATE TABLE events (id bigint PRIMARY KEY) PARTITION BY RANGE (id);
                CREATE TABLE events_0 PARTITION OF events FOR VALUES FROM (0) TO (1000);
                INSERT INTO events VALUES (1);
                """);
        try (Connection holder = database.owner().getConnection();
                Statement hold = holder.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("LOCK TABLE public.events_0 IN ACCESS EXCLUSIVE MODE");

            assertThat(Checked.of(database).of("events"))
                    .anyMatch(
                            finding -> finding.matches("WARNING TABLE_LOCKED unknown is where its newest rows are: .*;"
                                    + " locked by pid \\d+ \\(shop\\)"))
                    .anyMatch(finding -> finding.startsWith("INFO RUNWAY_UNKNOWN"));
            holder.rollback();
        }
    }

    @Test
    void toleratesWhatItDoesNotUnderstand(TestDatabase database) throws SQLException {
        database.execute("""
                CREATE TABLE sums (year int, month int) PARTITION BY RANGE (year, month);
                CREATE TABLE sums_1 PARTITION OF sums FOR VALUES FROM (2026, 1) TO (2027, 1);
                CREATE TABLE names (name text) PARTITION BY RANGE (name);
                CREATE TABLE names_a PARTITION OF names FOR VALUES FROM ('a') TO ('m');
                CREATE TABLE days (at timestamp) PARTITION BY RANGE (date_trunc('day', at));
                CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE TABLE pairs (a int, b int) PARTITION BY HASH (a, b);
                CREATE TABLE pairs_0 PARTITION OF pairs FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                """);

        Checked checked = Checked.of(database);

        assertThat(checked.of("sums"))
                .containsExactly(
                        "INFO RUNWAY_UNKNOWN how long rows have somewhere to go cannot be told: it is divided by range"
                                + " (year, month), and only keys of one column are followed");
        assertThat(checked.of("names"))
                .containsExactly(
                        "INFO RUNWAY_UNKNOWN how long rows have somewhere to go cannot be told: its bounds on text"
                                + " show neither a period nor a step");
        assertThat(checked.of("days"))
                .containsExactly(
                        "INFO RUNWAY_UNKNOWN how long rows have somewhere to go cannot be told: it is divided by range"
                                + " (<expression>), and only keys of one column are followed");
        assertThat(checked.of("pairs"))
                .containsExactly(
                        "ERROR HASH_REMAINDER_MISSING no partition takes remainder 1 of 2: about 50 % of all rows"
                                + " are refused");
    }
}
