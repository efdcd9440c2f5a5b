package dev.partita.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.declaration.TableDeclaration;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.TestDatabase;
import dev.partita.yaml.PartitaFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;

/** What partita made from a declaration, partita init reads off again: the same declaration. */
class AdoptionTest {

    private static final String COLUMNS = "id bigint, n numeric, u uuid, s text, d date, ts timestamp, tz timestamptz";

    /** By the key of the table, how it is declared; {@code ahead} is small so that little is made. */
    private static final Map<String, String> DECLARED = new LinkedHashMap<>();

    static {
        DECLARED.put("months", "{ range: tz, every: 1 month, ahead: 2 }");
        DECLARED.put("years", "{ range: d, every: 1 year, ahead: 1 }");
        DECLARED.put("quarters", "{ range: ts, every: 1 quarter, ahead: 2 }");
        DECLARED.put("weeks", "{ range: tz, every: 1 week, ahead: 3 }");
        DECLARED.put("days", "{ range: d, every: 1 day, ahead: 9 }");
        DECLARED.put("fortnights", "{ range: d, every: 2 weeks, ahead: 2, anchor: 2024-01-03 }");
        DECLARED.put("hours", "{ range: tz, every: 1 hour, ahead: 5 }");
        DECLARED.put("quarter_hours", "{ range: ts, every: 15 minutes, ahead: 5 }");
        DECLARED.put("half_years", "{ range: tz, every: 6 months, ahead: 2, from: 2025-01-01 }");
        DECLARED.put("berlin_months", "{ range: tz, every: 1 month, zone: Europe/Berlin, ahead: 6 }");
        DECLARED.put("new_york_days", "{ range: tz, every: 1 day, zone: America/New_York, ahead: 2 }");
        DECLARED.put("other_names", "{ range: tz, every: 1 day, ahead: 2, name: 'p{yyyy}{MM}{dd}_{table}' }");
        DECLARED.put("steps", "{ range: id, every: 10_000_000, ahead: 2 }");
        DECLARED.put("odd_steps", "{ range: n, every: 250, anchor: 10, ahead: 2 }");
        DECLARED.put("uuids", "{ range: u, encoding: uuidv7, every: 1 month, ahead: 2 }");
        DECLARED.put("milliseconds", "{ range: id, encoding: epoch-ms, every: 1 day, ahead: 2 }");
        DECLARED.put("seconds", "{ range: id, encoding: epoch-s, every: 1 month, ahead: 2 }");
        DECLARED.put(
                "tsids",
                "{ range: id, encoding: { snowflake: { epoch: 2020-01-01T00:00:00Z, shift: 22 } }, every: 1 month, ahead: 2 }");
        DECLARED.put("with_default", "{ range: tz, every: 1 month, ahead: 2, default: alert }");
        DECLARED.put("list", "{ list: s, partitions: { eu: [EU], us: [CA, US] }, default: none }");
        DECLARED.put(
                "list_with_other",
                "{ list: s, partitions: { eu: [EU], nothing: [null] }, default: { policy: alert, name: other } }");
        DECLARED.put("hash", "{ hash: id, partitions: 4 }");
        DECLARED.put(
                "range_list",
                "{ range: tz, every: 1 month, ahead: 1,"
                        + " then-by: { list: s, partitions: { eu: [EU], us: [US] }, default: none } }");
        DECLARED.put(
                "list_range",
                "{ list: s, partitions: { eu: [EU], us: [US] }, default: none,"
                        + " then-by: { range: tz, every: 1 month, ahead: 2 } }");
        DECLARED.put("range_hash", "{ range: tz, every: 1 month, ahead: 1, then-by: { hash: id, partitions: 2 } }");
        DECLARED.put(
                "range_list_hash",
                "{ range: tz, every: 1 month, ahead: 1, then-by: { list: s, partitions: { eu: [EU] },"
                        + " default: none, then-by: { hash: id, partitions: 2 } } }");
        DECLARED.put(
                "leaf", "{ range: tz, every: 1 month, ahead: 1, leaf: { fillfactor: 70, autovacuum_enabled: false } }");
        DECLARED.put("\"O'Brien \"\"x\"\" {y}\"", "{ hash: id, partitions: 2 }");
    }

    @TempDir
    Path folder;

    @OnEveryPostgres
    void initReadsOffWhatApplyMade(TestDatabase database) {
        StringBuilder yaml = new StringBuilder("tables:\n");
        for (Map.Entry<String, String> table : DECLARED.entrySet()) {
            yaml.append("  '")
                    .append(table.getKey().replace("'", "''"))
                    .append("': ")
                    .append(table.getValue())
                    .append('\n');
        }
        PartitaFile declared = PartitaFile.read("declared", yaml.toString());
        for (TableDeclaration table : declared.declarations().tables()) {
            database.execute("CREATE TABLE " + table.name().sql() + " (" + COLUMNS + ") PARTITION BY "
                    + table.scheme().method().sql() + " ("
                    + table.scheme().column().sql() + ")");
        }
        Typed typed = Typed.in(folder, database).file("partita.yml", yaml.toString());
        Typed.Ran apply = typed.partita("apply");
        assertThat(apply.code()).as(apply.all()).isZero();
        typed.at("2026-11-22T12:07:00Z");

        Typed.Ran init = typed.partita("init", "-o", "init.yml");
        assertThat(init.code()).as(init.all()).isZero();
        PartitaFile found = PartitaFile.read(folder.resolve("init.yml"));

        SoftAssertions softly = new SoftAssertions();
        for (TableDeclaration table : declared.declarations().tables()) {
            softly.assertThat(found.declarations().table(table.name()).map(AdoptionTest::text))
                    .as(table.name().sql())
                    .contains(text(table));
        }
        softly.assertAll();
        Typed.Ran plan = typed.partita("plan", "--exit-code", "--file", "init.yml");
        assertThat(plan.code()).as(plan.all()).isZero();
    }

    /**
     * The declaration without what cannot be seen in a database: where the oldest partition was once wanted, and from
     * which of its limits the grid is counted.
     */
    private static String text(TableDeclaration table) {
        return new PartitaFile(dev.partita.declaration.Declarations.of(table), java.util.Optional.empty())
                .yaml()
                .replaceAll("    (from|anchor): .*\n", "");
    }
}
