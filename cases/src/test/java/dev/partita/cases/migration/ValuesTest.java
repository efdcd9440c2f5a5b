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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table of every type that a column can have: each value is the same afterwards, byte for byte. */
class ValuesTest {

    private static final TableDeclaration THINGS =
            TableDeclaration.table("public.things").range("id").every("10").build();

    /** Values of a type, extreme and odd ones first, as literals of its text. */
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    private static void values(String type, String... values) {
        VALUES.put(type, List.of(values));
    }

    static {
        values("bool", "t", "f");
        values("bytea", "\\x", "\\x00ff5c27");
        values("char", "", "a");
        values("name", "", "a \"name\"");
        values("int8", "-9223372036854775808", "9223372036854775807");
        values("int2", "-32768", "32767");
        values("int2vector", "1 2 3", "");
        values("int4", "-2147483648", "2147483647");
        values("text", "", "it's a \\ \u00e4\u20ac\ud83d\ude00\n\t", "   ");
        values("oid", "0", "4294967295");
        values("tid", "(0,1)", "(4294967295,65535)");
        values("xid", "3", "4294967295");
        values("xid8", "3", "18446744073709551615");
        values("cid", "0", "4294967295");
        values("oidvector", "1 2", "");
        values("json", "{\"b\": 1,  \"a\":1.00, \"a\": null}", "[]");
        values("jsonb", "{\"b\": 1, \"a\": 1.00}", "1e400");
        values("jsonpath", "$.a[*] ? (@ > 1)");
        values("xml", "<a  b='c'/>");
        values("point", "(-0,1e-300)", "(Infinity,NaN)");
        values("lseg", "[(0,0),(1,2.5)]");
        values("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))");
        values("box", "(1,1),(0,0)");
        values("polygon", "((0,0),(1,1),(2,0))");
        values("line", "{1,-1,0}");
        values("circle", "<(0,0),5>");
        values("float4", "-0", "NaN", "Infinity", "1e-45", "0.1");
        values("float8", "-0", "NaN", "-Infinity", "5e-324", "0.1", "1.7976931348623157e308");
        values("money", "-92233720368547758.08", "1.00");
        values("macaddr", "08:00:2b:01:02:03");
        values("macaddr8", "08:00:2b:01:02:03:04:05");
        values("inet", "::1/64", "10.1.2.3/8");
        values("cidr", "10.0.0.0/8", "::/0");
        values("aclitem", "=r/postgres");
        values("bpchar", "", "a   ");
        values("varchar", "", " v ");
        values("date", "infinity", "-infinity", "4713-01-01 BC", "5874897-12-31");
        values("time", "00:00:00", "24:00:00", "12:34:56.789012");
        values("timestamp", "infinity", "4713-01-01 00:00:00 BC", "294276-12-31 23:59:59.999999");
        values("timestamptz", "-infinity", "4713-01-02 00:00:00+00 BC", "2026-03-29 02:30:00+01");
        values("interval", "178000000 years", "-1 mon +3 days -04:05:06.000001", "1 month", "30 days");
        values("timetz", "00:00:00+15:59:59", "24:00:00-15:59:59");
        values("bit", "1", "0");
        values("varbit", "", "10101");
        values(
                "numeric",
                "NaN",
                "Infinity",
                "1.0",
                "1.00",
                "-0.000",
                "1e1000",
                "0.1234567890123456789012345678901234567890");
        values("refcursor", "", "c");
        values("regprocedure", "pg_catalog.now()", "-");
        values("regoper", "0", "pg_catalog.||/");
        values("regoperator", "0", "pg_catalog.+(integer,integer)");
        values("regclass", "pg_catalog.pg_class", "-");
        values("regcollation", "\"C\"");
        values("regtype", "integer", "-");
        values("regrole", "postgres", "-");
        values("regnamespace", "pg_catalog", "-");
        values("regproc", "-", "pg_catalog.now");
        values("regconfig", "simple");
        values("regdictionary", "simple");
        values("regdatabase", "postgres");
        values("oid8", "0", "18446744073709551615");
        values("uuid", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
        values("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF");
        values("tsvector", "'a':1A 'b':2,3B", "");
        values("gtsvector");
        values("tsquery", "'a' & !'b':*", "");
        values("txid_snapshot", "10:20:10,14,15");
        values("pg_snapshot", "10:20:10,14,15");
        values("int4range", "empty", "[1,5)", "(,)");
        values("numrange", "[1.0,1.00]", "empty");
        values("tsrange", "[-infinity,infinity]", "empty");
        values("tstzrange", "[2026-01-01 00:00:00+00,)", "empty");
        values("daterange", "[2026-01-01,2026-02-01)", "(,)");
        values("int8range", "[-9223372036854775808,0)", "empty");
        values("int4multirange", "{[1,2),[5,6)}", "{}");
        values("nummultirange", "{[1.0,1.00]}", "{}");
        values("tsmultirange", "{(,)}", "{}");
        values("tstzmultirange", "{[2026-01-01 00:00:00+00,)}");
        values("datemultirange", "{[2026-01-01,2026-02-01)}");
        values("int8multirange", "{[1,2)}");
        values("mood", "sad", "glad");
        values("amount", "1.50", "0.00");
        values("address", "(\"a, \"\"street\"\"\",,)", "(,7,\"{1,NULL}\")");
        values("halves", "[0.5,1.5)", "empty");
        values("citext", "CaSe", "case");
    }

    private final TestDatabase database;

    ValuesTest(TestDatabase database) {
        this.database = database;
    }

    @Fault(17)
    @OnEveryPostgres
    void ofEveryTypeAreTheSameByteForByteForwardAndBack() throws Exception {
        database.executeAsSuperuser("CREATE EXTENSION citext SCHEMA public");
        database.execute("""
                CREATE TYPE mood AS ENUM ('sad', 'glad');
                CREATE DOMAIN amount AS numeric(12, 2) CHECK (VALUE >= 0);
                CREATE TYPE address AS (street text, number int, floors int[]);
                CREATE TYPE halves AS RANGE (subtype = float8);
                """);
        List<String> types = database.rows("""
                SELECT typname FROM pg_type t
                 WHERE typtype IN ('b', 'r', 'm', 'e', 'd') AND typelem = 0 AND typnamespace = 'pg_catalog'::regnamespace
                   AND typname NOT LIKE 'pg\\_%' AND typsubscript = 0
                UNION SELECT unnest(ARRAY['pg_lsn', 'pg_snapshot', 'mood', 'amount', 'address', 'halves', 'citext', 'int2vector', 'oidvector',
                                          'point', 'lseg', 'box', 'line', 'name'])
                ORDER BY 1
                """);
        assertThat(VALUES.keySet()).as("types without values").containsAll(types);
        types.remove("gtsvector");
        List<String> columns = new ArrayList<>();
        for (String type : types) {
            columns.add("\"a " + type + "\" " + quoted(type));
            columns.add("\"some " + type + "\" " + quoted(type) + "[]");
        }
        database.execute("CREATE TABLE things (id int PRIMARY KEY, long text, " + String.join(", ", columns) + ")");
        for (int row = 0; row < 20; row++) {
            int number = row;
            String values = types.stream()
                    .map(type -> value(type, number) + ", ARRAY[" + value(type, number) + ", NULL, "
                            + value(type, number + 1) + "]::" + quoted(type) + "[]")
                    .collect(Collectors.joining(", "));
            database.execute("INSERT INTO things VALUES (" + row + ", NULL, " + values + ")");
        }
        database.execute(
                "ALTER TABLE things ALTER COLUMN long SET STORAGE EXTERNAL",
                "INSERT INTO things (id, long) SELECT 100 + n, repeat(md5(n::text), 300000) FROM generate_series(1, 3) AS n",
                "INSERT INTO things (id) VALUES (200)");
        Installed.in(database);
        MigrationRunner runner =
                new MigrationRunner(database.partita(), THINGS, DatabaseClock.server(), 1, MigrationListener.NONE);
        assertThat(runner.obstacles()).isEmpty();
        runner.start(false);
        assertThat(runner.run().phase()).isEqualTo(Phase.SWAPPED);

        assertThat(same()).isEqualTo("24");

        // Each row goes back as well.
        database.execute("UPDATE things SET id = id + 1000");
        database.execute("CREATE TABLE kept AS TABLE things");
        assertThat(runner.rollback())
                .extracting(Ending::phase, Ending::problem)
                .containsExactly(Phase.ROLLED_BACK, Optional.empty());

        assertThat(database.value("SELECT count(*) FROM things t JOIN kept k USING (id) WHERE t *= k"))
                .isEqualTo("24");
        assertThat(database.value("SELECT count(*) FROM things")).isEqualTo("24");
    }

    private String same() {
        return database.value("SELECT count(*) FROM things t JOIN things_retired o USING (id) WHERE t *= o");
    }

    private static String quoted(String type) {
        return '"' + type + '"';
    }

    private static String value(String type, int row) {
        List<String> values = VALUES.getOrDefault(type, List.of());
        return "'" + values.get(row % values.size()).replace("'", "''") + "'::" + quoted(type);
    }
}
