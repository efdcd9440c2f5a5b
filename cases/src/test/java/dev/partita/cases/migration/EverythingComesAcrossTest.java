package dev.partita.cases.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.running.Installed;
import dev.partita.catalog.DatabaseClock;
import dev.partita.declaration.TableDeclaration;
import dev.partita.migration.Ending;
import dev.partita.migration.MigrationListener;
import dev.partita.migration.MigrationRunner;
import dev.partita.migration.Phase;
import dev.partita.test.Fault;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** A table with everything in it: what the catalogs say of it before, after the swap, and after going back. */
class EverythingComesAcrossTest {

    private static final TableDeclaration ORDERS = TableDeclaration.table("public.orders")
            .range("created_at")
            .every("1 month")
            .build();

    private static final String FINGERPRINT = read("fingerprint.sql");

    private static final String ROWS = "SELECT count(*) || ' ' || sum(hashtextextended(o::text, 0)) FROM orders o";

    /** What partitioning changes, and nothing else: uniqueness holds with the partition key, and what partitions inherit. */
    private static final List<Change> CHANGES = List.of(
            new Change("(?<=constraint orders_number_once: UNIQUE \\(number)(?=\\))", ", created_at"),
            new Change("(?<=index orders_number_once: .{0,80}\\(number)(?=\\))", ", created_at"),
            new Change("(?<=index orders_identity: .{0,80}\\(number, id)(?=\\))", ", created_at"),
            new Change("(?<=index orders_lower: .{0,80}\\(lower\\(secret\\))(?=\\))", ", created_at"),
            new Change("(?<=index orders_nulls: .{0,80}\\(id, secret)(?=\\))", ", created_at"),
            new Change("(?<=constraint of_its_own: .{0,40}) NO INHERIT", ""),
            // CLUSTER sorts partitions, one by one.
            new Change("\"clustered\": true", "\"clustered\": false"));

    private final TestDatabase database;

    EverythingComesAcrossTest(TestDatabase database) {
        this.database = database;
    }

    @Fault(43)
    @OnEveryPostgres
    void isSaidOfTheNewTableAfterTheSwapAndOfTheOldOneAfterGoingBack() throws Exception {
        make();
        Installed.in(database);
        List<String> before = database.rows(FINGERPRINT);
        String rows = database.value(ROWS);
        MigrationRunner runner =
                new MigrationRunner(database.partita(), ORDERS, DatabaseClock.server(), 2, MigrationListener.NONE);
        assertThat(runner.obstacles()).isEmpty();

        runner.start(false);
        assertThat(runner.run()).extracting(Ending::phase, Ending::problem).contains(Phase.SWAPPED);

        assertThat(database.rows(FINGERPRINT)).containsExactlyInAnyOrderElementsOf(changed(before));
        assertThat(database.value(ROWS)).isEqualTo(rows);
        leavesHaveWhatOnlyLeavesCan();

        assertThat(runner.rollback().phase()).isEqualTo(Phase.ROLLED_BACK);

        assertThat(database.rows(FINGERPRINT)).containsExactlyElementsOf(before);
        assertThat(database.value(ROWS)).isEqualTo(rows);

        runner.start(false);
        assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);
        assertThat(runner.finish().phase()).isEqualTo(Phase.FINISHED);

        assertThat(database.rows(FINGERPRINT)).containsExactlyInAnyOrderElementsOf(changed(before));
        assertThat(database.rows("SELECT relname FROM pg_class WHERE relname ~ '_(partita|retired)'"))
                .isEmpty();
        assertThat(database.rows("SELECT stxname FROM pg_statistic_ext WHERE stxname ~ '_(partita|retired)$'"))
                .isEmpty();
    }

    private List<String> changed(List<String> before) {
        List<String> after = new ArrayList<>(before);
        for (Change change : CHANGES) {
            after.replaceAll(change::of);
        }
        return after;
    }

    private void leavesHaveWhatOnlyLeavesCan() {
        assertThat(database.rows("""
                        SELECT DISTINCT c.reloptions, t.reloptions, c.relreplident,
                               (SELECT string_agg(attoptions::text || attname, ',') FROM pg_attribute WHERE attrelid = c.oid AND attoptions IS NOT NULL),
                               (SELECT count(*) FROM pg_index WHERE indrelid = c.oid AND indisclustered)
                          FROM pg_partition_tree('orders') p
                          JOIN pg_class c ON c.oid = p.relid AND p.isleaf
                          JOIN pg_class t ON t.oid = c.reltoastrelid
                        """))
                .containsExactly(
                        "{autovacuum_vacuum_scale_factor=0.02,fillfactor=80}|{autovacuum_enabled=false}|i|{n_distinct=2}feeling|1");
        assertThat(database.rows("""
                        SELECT DISTINCT spcname, x.reloptions
                          FROM pg_inherits i
                          JOIN pg_class x ON x.oid = i.inhrelid
                          JOIN pg_tablespace s ON s.oid = x.reltablespace
                         WHERE i.inhparent IN ('orders_partial'::regclass, 'orders_pkey'::regclass)
                         ORDER BY 2
                        """))
                .containsExactly("elsewhere|{fillfactor=60,deduplicate_items=off}", "elsewhere|{fillfactor=70}");
        // Triggers fire on partitions, in the state that they have on the table.
        assertThat(database.rows("""
                        SELECT DISTINCT t.tgname, t.tgenabled
                          FROM pg_trigger t
                          JOIN pg_partition_tree('orders') p ON p.relid = t.tgrelid AND p.isleaf
                         WHERE t.tgname LIKE 'tell%'
                         ORDER BY 1
                        """))
                .containsExactly("tell_always|A", "tell_late|O", "tell_nobody|D", "tell_replica|R", "tell_rows|O");
    }

    private void make() {
        String suffix = "_" + database.name();
        for (String role : List.of("reader", "clerk", "guest", "stranger")) {
            database.createRole(role + suffix, "NOLOGIN");
        }
        if (database.rows("SELECT FROM pg_tablespace WHERE spcname = 'elsewhere'")
                .isEmpty()) {
            database.executeAsSuperuser(
                    "SET allow_in_place_tablespaces = on",
                    "CREATE TABLESPACE elsewhere LOCATION ''",
                    "GRANT CREATE ON TABLESPACE elsewhere TO PUBLIC");
        }
        // The driver does not find the end of BEGIN ATOMIC.
        database.execute(read("everything.sql")
                .replaceAll("\\b(reader|clerk|guest|stranger)\\b", "$1" + suffix)
                .split("-- alone\n"));
        int major = database.server().major();
        database.execute(
                major < 15
                        ? "CREATE PUBLICATION news FOR TABLE orders, customers WITH (publish_via_partition_root = true)"
                        : """
                        CREATE UNIQUE INDEX orders_nulls ON orders (id, secret) NULLS NOT DISTINCT;
                        CREATE VIEW asking WITH (security_invoker = true) AS SELECT id FROM orders;
                        CREATE PUBLICATION news FOR TABLE orders (created_at, number, id, note) WHERE (number > 10), customers
                            WITH (publish = 'insert', publish_via_partition_root = true);
                        CREATE PUBLICATION more FOR TABLE orders WITH (publish_via_partition_root = true)""");
        if (major >= 17) {
            database.execute("ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE (created_at WITH =, id WITH =)"
                    + " WITH (fillfactor = 50) USING INDEX TABLESPACE elsewhere WHERE (note <> 'x') DEFERRABLE");
        }
        if (major >= 18) {
            database.execute("""
                    ALTER TABLE orders ADD COLUMN twice numeric GENERATED ALWAYS AS (customer_id * 2) VIRTUAL;
                    ALTER TABLE orders ADD CONSTRAINT hoped CHECK (total > 50) NOT ENFORCED;
                    ALTER TABLE orders RENAME CONSTRAINT orders_total_not_null TO paid_something;
                    COMMENT ON CONSTRAINT paid_something ON orders IS 'nothing is free';
                    """);
        }
        database.execute("ANALYZE orders");
    }

    private static String read(String file) {
        try (InputStream resource = EverythingComesAcrossTest.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(resource, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }

    /** One thing that partitioning makes different. */
    private record Change(Pattern pattern, String replacement) {

        Change(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        String of(String line) {
            return pattern.matcher(line).replaceAll(replacement);
        }
    }
}
