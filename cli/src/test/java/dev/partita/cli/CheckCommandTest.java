package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@OnPostgres
class CheckCommandTest {

    /** A database as one finds them: one table that is fine, others that are not. */
    private static final String FOUND = """
            CREATE TABLE orders (id bigint, region text, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE orders_2026_09 PARTITION OF orders FOR VALUES FROM ('2026-09-01 00:00+00') TO ('2026-10-01 00:00+00');
            CREATE TABLE orders_2026_10 PARTITION OF orders FOR VALUES FROM ('2026-10-01 00:00+00') TO ('2026-11-01 00:00+00');
            CREATE TABLE orders_2026_11 PARTITION OF orders FOR VALUES FROM ('2026-11-01 00:00+00') TO ('2026-12-01 00:00+00');
            CREATE TABLE orders_2026_12 PARTITION OF orders FOR VALUES FROM ('2026-12-01 00:00+00') TO ('2027-01-01 00:00+00');
            CREATE TABLE orders_default PARTITION OF orders DEFAULT;
            INSERT INTO orders SELECT n, 'EU', timestamptz '2026-09-01 00:00+00' + n * interval '1 hour' FROM generate_series(0, 1967) n;
            CREATE TABLE customers (id bigint) PARTITION BY HASH (id);
            CREATE TABLE customers_0 PARTITION OF customers FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE customers_1 PARTITION OF customers FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE events (id bigint PRIMARY KEY, note text) PARTITION BY RANGE (id);
            CREATE TABLE events_0 PARTITION OF events FOR VALUES FROM (0) TO (1000);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1000) TO (2000);
            CREATE INDEX ON events_0 (note);
            INSERT INTO events SELECT generate_series(0, 1499);
            CREATE TABLE "visits
            ERROR" (region text, day date) PARTITION BY LIST (region);
            CREATE TABLE visits_eu PARTITION OF "visits
            ERROR" FOR VALUES IN ('eu') PARTITION BY RANGE (day);
            CREATE TABLE visits_eu_2026 PARTITION OF visits_eu FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE visits_other PARTITION OF "visits
            ERROR" DEFAULT;
            INSERT INTO visits_other VALUES ('us', '2026-01-01'), (NULL, '2026-01-01');
            ANALYZE;
            """;

    @TempDir
    Path folder;

    private Typed found(TestDatabase database) {
        database.execute(FOUND);
        return Typed.in(folder, database);
    }

    @Test
    void saysThatThereIsNothingToCheck(TestDatabase database) throws IOException {
        Golden.check(
                "check/nothing", Typed.in(folder, database).partita("check").all());
    }

    @Test
    void raisesTheAlarmWhenTheFutureEnds(TestDatabase database) throws IOException {
        database.execute(Shop.ORDERS);
        Typed typed = Typed.in(folder, database);

        Golden.check("check/run-out", typed.partita("check").all());
        assertThat(typed.at("2026-11-26T00:00:00Z").partita("check").code()).isEqualTo(3);
        Golden.check(
                "check/over", typed.at("2026-12-02T00:00:00Z").partita("check").all());
    }

    @Test
    void showsWhatItFinds(TestDatabase database) throws IOException {
        Typed typed = found(database);

        Golden.check("check/all", typed.partita("check").all());
        Golden.check("check/fine", typed.partita("check", "--table", "orders").all());
        Golden.check(
                "check/scan",
                typed.partita("check", "--scan", "--format", "json").all());
        Golden.check("check/junit", typed.partita("check", "--format", "junit").all());
        Golden.check(
                "check/sarif", typed.partita("check", "--format", "sarif").all().replace(Main.version(), "0.1.0"));
        Golden.check(
                "check/prometheus",
                typed.partita("check", "--format", "prometheus").all());
        Golden.check(
                "check/color",
                typed.partita("check", "--color", "always", "--table", "events").all());
        Golden.check(
                "check/narrow", typed.with("COLUMNS", "60").partita("check").all());
    }

    @Test
    void fallsOverAtTheSeverityThatItIsAskedFor(TestDatabase database) {
        Typed typed = found(database);

        assertThat(typed.partita("check", "--fail-on", "info", "--table", "orders")
                        .code())
                .isEqualTo(0);
        assertThat(typed.partita("check", "--fail-on", "info", "--table", "customers")
                        .code())
                .isEqualTo(0);
        assertThat(typed.partita("check", "--table", "events").code()).isEqualTo(0);
        assertThat(typed.partita("check", "--table", "events", "--fail-on", "warning")
                        .code())
                .isEqualTo(3);
        assertThat(typed.partita("check", "--table", "orders", "--runway-warn", "60d")
                        .out())
                .contains("RUNWAY_SHORT");
        assertThat(typed.partita("check", "--table", "orders", "--runway-warn", "5d")
                        .code())
                .isEqualTo(64);
        assertThat(typed.partita("check", "--runway-warn", "soon").code()).isEqualTo(64);
        assertThat(typed.partita("check", "--table", "nowhere").code()).isEqualTo(4);
        assertThat(typed.partita("check", "postgresql://a@b/c", "--url", "postgresql://a@b/c")
                        .code())
                .isEqualTo(64);
    }

    @Test
    void takesTheDatabaseAsAWordAndAsksForARole(TestDatabase database) {
        database.execute(Shop.ORDERS);
        database.createRole("check_cli_runner", "LOGIN NOINHERIT");
        String url = "postgresql://shop_owner@127.0.0.1:" + database.server().port() + "/" + database.name();

        Typed.Ran ran = Typed.withoutDatabase(folder).partita("check", url, "--role", "check_cli_runner");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out())
                .contains("ROLE_LACKS_PRIVILEGE  check_cli_runner may not act for the owner, shop_owner")
                .contains("fix: GRANT shop_owner TO check_cli_runner\n");
    }

    @Test
    void writesAFileWholeOrNotAtAllAndLeavesNothingBesideIt(TestDatabase database) throws IOException {
        Typed typed = found(database);
        Files.writeString(folder.resolve("partita.prom"), "old");

        Typed.Ran ran = typed.partita("check", "--format", "prometheus", "--write", "partita.prom");

        assertThat(ran.out()).isEmpty();
        assertThat(Files.readString(folder.resolve("partita.prom")))
                .isEqualTo(typed.partita("check", "--format", "prometheus").out())
                .startsWith("# HELP partita_check_timestamp_seconds")
                .endsWith("\n");
        assertThat(typed.partita("check", "--write", "nowhere/partita.prom").code())
                .isEqualTo(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("partita.prom");
        }
    }

    @Test
    void tellsTheSameNumbersInEachForm(TestDatabase database) throws Exception {
        Typed typed = found(database);
        JsonNode json = new JsonMapper()
                .readTree(typed.partita("check", "--scan", "--format", "json").out());
        List<String> metrics = typed.partita("check", "--scan", "--format", "prometheus")
                .out()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        List<String> wanted = new ArrayList<>();
        wanted.add("partita_check_tables " + json.required("tables").size());
        for (String severity : List.of("info", "warning", "error")) {
            wanted.add("partita_check_findings{severity=\"" + severity + "\"} "
                    + json.required("counts").required(severity).asInt());
        }
        for (JsonNode table : json.required("tables")) {
            String name = label(table.required("table"));
            wanted.add("partita_table_leaves{table=\"" + name + "\"} "
                    + table.required("leaves").asInt());
            wanted.add("partita_table_bytes{table=\"" + name + "\"} "
                    + table.required("bytes").asLong());
            wanted.add("partita_table_drift{table=\"" + name + "\"} "
                    + table.required("drift").size());
            JsonNode left = table.required("runway").required("left_s");
            wanted.add("partita_table_runway_seconds{table=\"" + name + "\"} "
                    + (left.isNull() ? "+Inf" : left.asString()));
            long rows = 0;
            for (JsonNode fallback : table.required("defaults")) {
                rows += fallback.required("counted").isNull()
                        ? 0
                        : fallback.required("counted").required("rows").asLong();
            }
            wanted.add("partita_table_default_rows{table=\"" + name + "\"} " + rows);
            for (String severity : List.of("info", "warning", "error")) {
                int count = 0;
                for (JsonNode finding : table.required("findings")) {
                    count += finding.required("severity").asString().equals(severity) ? 1 : 0;
                }
                wanted.add("partita_table_findings{table=\"" + name + "\",severity=\"" + severity + "\"} " + count);
            }
        }
        assertThat(metrics).containsAll(wanted);
        assertThat(wanted).hasSize(4 + 4 * 8);

        Document junit = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(
                        typed.partita("check", "--format", "junit").out())));
        assertThat(junit.getElementsByTagName("testcase").getLength())
                .isEqualTo(1 + json.required("tables").size());
        assertThat(junit.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(junit.getDocumentElement().getAttribute("failures")));
    }

    private static String label(JsonNode name) {
        String table = name.required("name").asString();
        return name.required("schema").asString() + "."
                + (table.contains("\n") ? "\\\"" + table.replace("\n", "\\n") + "\\\"" : table);
    }
}
