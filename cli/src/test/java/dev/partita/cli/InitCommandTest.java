package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class InitCommandTest {

    @TempDir
    Path folder;

    /** Writes the declaration, compares it, and then plans: nothing may have to happen. */
    private void adopts(TestDatabase database, String golden, String... sql) throws IOException {
        database.execute(sql);
        Typed typed = Typed.in(folder, database);
        Typed.Ran init = typed.partita("init", "--output", "-");
        Golden.check("init/" + golden, init.all());
        assertThat(init.code()).isZero();
        typed.file("partita.yml", init.out());
        assertThat(typed.partita("plan", "--exit-code").all())
                .contains("Nothing to do.")
                .endsWith("--- exit 0\n");
    }

    @Test
    void adoptsMonths(TestDatabase database) throws IOException {
        adopts(database, "months", """
                CREATE TABLE orders (id bigint, created_at timestamptz) PARTITION BY RANGE (created_at);
                CREATE TABLE orders_2026_10 PARTITION OF orders FOR VALUES FROM ('2026-10-01Z') TO ('2026-11-01Z');
                CREATE TABLE orders_2026_11 PARTITION OF orders FOR VALUES FROM ('2026-11-01Z') TO ('2026-12-01Z');
                CREATE TABLE orders_2026_12 PARTITION OF orders FOR VALUES FROM ('2026-12-01Z') TO ('2027-01-01Z');
                """);
    }

    @Test
    void adoptsOtherNamesAnotherZoneAndOptions(TestDatabase database) throws IOException {
        adopts(database, "partman-like", """
                CREATE SCHEMA shop;
                CREATE TABLE shop.events (id bigint, at timestamptz) PARTITION BY RANGE (at);
                CREATE TABLE shop.events_p20261121 PARTITION OF shop.events
                    FOR VALUES FROM ('2026-11-21 00:00 Europe/Berlin') TO ('2026-11-22 00:00 Europe/Berlin') WITH (fillfactor = 70);
                CREATE TABLE shop.events_p20261122 PARTITION OF shop.events
                    FOR VALUES FROM ('2026-11-22 00:00 Europe/Berlin') TO ('2026-11-23 00:00 Europe/Berlin')
                    WITH (fillfactor = 70, autovacuum_enabled = off);
                CREATE TABLE shop.events_p20261123 PARTITION OF shop.events
                    FOR VALUES FROM ('2026-11-23 00:00 Europe/Berlin') TO ('2026-11-24 00:00 Europe/Berlin') WITH (fillfactor = 70);
                CREATE TABLE shop.events_default PARTITION OF shop.events DEFAULT WITH (fillfactor = 70);
                """);
    }

    @Test
    void adoptsMixedWidthsAndHoles(TestDatabase database) throws IOException {
        adopts(database, "mixed", """
                CREATE TABLE log (at timestamp) PARTITION BY RANGE (at);
                CREATE TABLE log_archive PARTITION OF log FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
                CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
                CREATE TABLE log_q1_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2026-04-01');
                CREATE TABLE log_w45 PARTITION OF log FOR VALUES FROM ('2026-11-02') TO ('2026-11-09');
                CREATE TABLE log_w46 PARTITION OF log FOR VALUES FROM ('2026-11-09') TO ('2026-11-16');
                CREATE TABLE log_w47 PARTITION OF log FOR VALUES FROM ('2026-11-16') TO ('2026-11-23');
                """);
    }

    @Test
    void adoptsListsHashesAndLevels(TestDatabase database) throws IOException {
        adopts(database, "levels", """
                CREATE TABLE orders_by_region (id bigint, region text) PARTITION BY LIST (region);
                CREATE TABLE orders_na PARTITION OF orders_by_region FOR VALUES IN ('NA');
                CREATE TABLE orders_apac PARTITION OF orders_by_region FOR VALUES IN ('AS', 'OC', NULL);
                CREATE TABLE orders_other_regions PARTITION OF orders_by_region DEFAULT;
                CREATE TABLE customers (id bigint) PARTITION BY HASH (id);
                CREATE TABLE customers_p0 PARTITION OF customers FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                CREATE TABLE customers_p1 PARTITION OF customers FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                CREATE TABLE orders (id bigint, region text, created_at date) PARTITION BY RANGE (created_at);
                CREATE TABLE orders_2026_11 PARTITION OF orders FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')
                    PARTITION BY LIST (region);
                CREATE TABLE orders_2026_11_na PARTITION OF orders_2026_11 FOR VALUES IN ('NA');
                CREATE TABLE orders_2026_11_eu PARTITION OF orders_2026_11 FOR VALUES IN ('EU');
                CREATE TABLE orders_2026_11_other PARTITION OF orders_2026_11 DEFAULT;
                CREATE TABLE audit (id bigint, region text, at timestamptz) PARTITION BY LIST (region);
                CREATE TABLE audit_eu PARTITION OF audit FOR VALUES IN ('eu') PARTITION BY RANGE (at);
                CREATE TABLE audit_eu_2026 PARTITION OF audit_eu FOR VALUES FROM ('2026-01-01Z') TO ('2027-01-01Z');
                CREATE TABLE audit_eu_2027 PARTITION OF audit_eu FOR VALUES FROM ('2027-01-01Z') TO ('2028-01-01Z');
                CREATE TABLE audit_us PARTITION OF audit FOR VALUES IN ('us') PARTITION BY RANGE (at);
                CREATE TABLE audit_us_2026 PARTITION OF audit_us FOR VALUES FROM ('2026-01-01Z') TO ('2027-01-01Z');
                """);
    }

    @Test
    void adoptsNumbersAndTimeInNumbers(TestDatabase database) throws IOException {
        adopts(database, "numbers", """
                CREATE TABLE readings (id bigint) PARTITION BY RANGE (id);
                CREATE TABLE readings_0 PARTITION OF readings FOR VALUES FROM (0) TO (10000000);
                CREATE TABLE readings_10000000 PARTITION OF readings FOR VALUES FROM (10000000) TO (20000000);
                CREATE TABLE readings_20000000 PARTITION OF readings FOR VALUES FROM (20000000) TO (30000000);
                INSERT INTO readings VALUES (7), (10000001);
                CREATE TABLE ticks (at_ms bigint) PARTITION BY RANGE (at_ms);
                CREATE TABLE ticks_2026_11_21 PARTITION OF ticks FOR VALUES FROM (1795219200000) TO (1795305600000);
                CREATE TABLE ticks_2026_11_22 PARTITION OF ticks FOR VALUES FROM (1795305600000) TO (1795392000000);
                CREATE TABLE payments (id uuid) PARTITION BY RANGE (id);
                CREATE TABLE payments_2026_11 PARTITION OF payments FOR VALUES
                    FROM ('019a3ccd-c800-0000-0000-000000000000') TO ('019ad74d-5800-0000-0000-000000000000');
                DROP TABLE payments;
                """);
    }

    @Test
    void explainsWhatItLeavesOut(TestDatabase database) throws IOException {
        adopts(database, "left-out", """
                CREATE TABLE several (a int, b int) PARTITION BY RANGE (a, b);
                CREATE TABLE expression (at timestamptz) PARTITION BY RANGE ((date_trunc('day', at AT TIME ZONE 'UTC')));
                CREATE TABLE words (name text) PARTITION BY RANGE (name);
                CREATE TABLE words_a PARTITION OF words FOR VALUES FROM ('a') TO ('n');
                CREATE TABLE empty (at date) PARTITION BY RANGE (at);
                CREATE TABLE irregular (id int) PARTITION BY RANGE (id);
                CREATE TABLE irregular_1 PARTITION OF irregular FOR VALUES FROM (0) TO (MAXVALUE);
                CREATE TABLE catch_all (at date) PARTITION BY RANGE (at);
                CREATE TABLE catch_all_2026_11 PARTITION OF catch_all FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
                CREATE TABLE catch_all_rest PARTITION OF catch_all FOR VALUES FROM ('2026-12-01') TO (MAXVALUE);
                """);
    }

    @Test
    void writesAFileAndNeverOverAnother(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database);

        Golden.check("init/written", typed.partita("init").all());
        assertThat(Files.readString(folder.resolve("partita.yml"))).contains("orders:");
        Golden.check("init/exists", typed.partita("init").all());
    }

    @Test
    void saysSoWhenThereIsNothing(TestDatabase database) throws IOException {
        Golden.check("init/nothing", Typed.in(folder, database).partita("init").all());
    }
}
