package dev.partita.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.catalog.SessionSettings;
import dev.partita.catalog.Setting;
import dev.partita.declaration.Cell;
import dev.partita.declaration.Encoding;
import dev.partita.declaration.Grid;
import dev.partita.declaration.Naming;
import dev.partita.declaration.Period;
import dev.partita.declaration.Spacing;
import dev.partita.declaration.TimeAxis;
import dev.partita.declaration.TimeGrid;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import dev.partita.test.OnEveryPostgres;
import dev.partita.test.OnPostgres;
import dev.partita.test.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Our calendar and PostgreSQL's, side by side. {@code -Dpartita.seed=…} repeats what is random. */
class CalendarOnPostgresTest {

    private static final long SEED = Long.getLong("partita.seed", new Random().nextLong());

    private static final LocalDateTime FIRST = LocalDateTime.of(1995, 1, 1, 0, 0);
    private static final LocalDateTime END = LocalDateTime.of(2038, 1, 1, 0, 0);

    /** Months end on days 31, 30 and 28 or 29, and at half past two clocks are sometimes set forward. */
    private static final LocalDateTime END_OF_QUARTER = LocalDateTime.of(1994, 12, 31, 2, 30);

    /** Days that are skipped or short, midnights that come twice or never, half hours and quarters of one. */
    private static final List<String> ODD_ZONES = List.of(
            "Pacific/Apia",
            "America/St_Johns",
            "America/Sao_Paulo",
            "Atlantic/Azores",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "Africa/Cairo",
            "Europe/Berlin");

    /** PostgreSQL's words for our rule: the first instant at which the clocks of the zone show this time or a later one. */
    private static final String BOUNDS = """
            SELECT n, extract(epoch FROM pick) * 1000000, extract(epoch FROM first) * 1000000,
                first < pick AND first AT TIME ZONE %1$s = due AND pick AT TIME ZONE %1$s = due
            FROM generate_series(0, %2$d) n,
                LATERAL (SELECT timestamp %3$s + n * interval %4$s AS due) a,
                LATERAL (SELECT due AT TIME ZONE %1$s AS pick) b,
                LATERAL (SELECT min(t) AS first
                    FROM generate_series(pick - interval '3 hours', pick, interval '30 minutes') t
                    WHERE t AT TIME ZONE %1$s >= due) c
            """;

    @OnPostgres
    void boundsLieWherePostgresPutsThem(TestDatabase database) throws Exception {
        long started = System.nanoTime();
        long bounds = 0;
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            Set<String> zones = commonZones(statement);
            for (String zone : ODD_ZONES) {
                if (zones.contains(zone)) {
                    bounds += compare(statement, zone, "1 day", FIRST, (int) ChronoUnit.DAYS.between(FIRST, END));
                }
            }
            for (String zone : zones) {
                bounds += compare(statement, zone, "3 months", END_OF_QUARTER, 43 * 4);
            }
        }
        System.out.printf("%,d bounds beside PostgreSQL's, %.1f s%n", bounds, (System.nanoTime() - started) / 1e9);
        assertThat(bounds).isGreaterThan(200_000);
    }

    private static int compare(Statement statement, String zone, String every, LocalDateTime anchor, int last)
            throws SQLException {
        TimeGrid grid = new TimeGrid(Period.parse(every), anchor, ZoneId.of(zone), new TimeAxis.Instants());
        List<String> different = new ArrayList<>();
        int bounds = 0;
        String query = BOUNDS.formatted(Literal.of(zone), last, Literal.of(anchor), Literal.of(every));
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                bounds++;
                RangeLimit ours = grid.limit(rows.getLong(1));
                RangeLimit picked = RangeLimit.at(rows.getBigDecimal(2));
                RangeLimit first = RangeLimit.at(rows.getBigDecimal(3));
                boolean comesTwice = rows.getBoolean(4);
                if (!ours.equals(first) || !comesTwice && picked.isBefore(first)) {
                    different.add(zone + " " + rows.getLong(1) + ": " + ours + ", PostgreSQL " + first);
                }
            }
        }
        assertThat(different).isEmpty();
        return bounds;
    }

    /**
     * Java and the server bring along rules of their own, of different age. Zones in which they differ are named, and the
     * bounds of all others compared.
     */
    private static Set<String> commonZones(Statement statement) throws SQLException {
        Set<String> known = new TreeSet<>(ZoneId.getAvailableZoneIds());
        known.retainAll(strings(statement, "SELECT name FROM pg_timezone_names"));
        Map<String, Instant> different = new TreeMap<>();
        for (String zone : known) {
            firstDifference(statement, ZoneId.of(zone)).ifPresent(instant -> different.put(zone, instant));
        }
        System.out.printf(
                "%d zones in common, %d differ from the server's: %s%n", known.size(), different.size(), different);
        known.removeAll(different.keySet());
        assertThat(known).hasSizeGreaterThan(400);
        assertThat(different).hasSizeLessThan(60);
        return known;
    }

    private static Optional<Instant> firstDifference(Statement statement, ZoneId zone) throws SQLException {
        List<Instant> probes = probes(zone);
        String epochs = probes.stream()
                .map(probe -> Long.toString(probe.getEpochSecond()))
                .collect(Collectors.joining(","));
        String query = "SELECT extract(epoch FROM (to_timestamp(e) AT TIME ZONE " + Literal.of(zone.getId())
                + ") - (to_timestamp(e) AT TIME ZONE 'UTC'))::int FROM unnest('{" + epochs
                + "}'::bigint[]) WITH ORDINALITY u(e, i) ORDER BY i";
        List<String> offsets = strings(statement, query);
        return IntStream.range(0, probes.size())
                .filter(i -> Integer.parseInt(offsets.get(i))
                        != zone.getRules().getOffset(probes.get(i)).getTotalSeconds())
                .mapToObj(probes::get)
                .findFirst();
    }

    /** The begin of each month, and both sides of each change of the clocks. */
    private static List<Instant> probes(ZoneId zone) {
        List<Instant> probes = new ArrayList<>();
        for (LocalDateTime month = FIRST; month.isBefore(END); month = month.plusMonths(1)) {
            probes.add(month.toInstant(ZoneOffset.UTC));
        }
        ZoneOffsetTransition transition = zone.getRules().nextTransition(FIRST.toInstant(ZoneOffset.UTC));
        while (transition != null && transition.getInstant().isBefore(END.toInstant(ZoneOffset.UTC))) {
            probes.add(transition.getInstant().minusSeconds(1));
            probes.add(transition.getInstant());
            transition = zone.getRules().nextTransition(transition.getInstant());
        }
        return probes;
    }

    private static List<String> strings(Statement statement, String query) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    @OnPostgres
    void weeksQuartersAndDaysOfTheYearAreCountedAsPostgresCountsThem(TestDatabase database) throws Exception {
        TimeGrid grid = (TimeGrid) grid("1 day", "UTC", Encoding.NATIVE, KeyType.DATE);
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("{YYYY}_w{ww}", "IYYY\"_w\"IW");
        formats.put("{yyyy}_q{q}", "YYYY\"_q\"Q");
        formats.put("{yyyy}_{MM}_{dd}", "YYYY_MM_DD");
        formats.put("{yyyy}_{DDD}", "YYYY_DDD");
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> format : formats.entrySet()) {
                List<String> theirs = strings(
                        statement,
                        "SELECT to_char(d, " + Literal.of(format.getValue())
                                + ") FROM generate_series(timestamp '1995-01-01', '2037-12-31', '1 day') d");
                List<String> ours = grid.cells(grid.place(FIRST), grid.place(END.minusDays(1)))
                        .map(cell -> name(grid, new Naming("d" + format.getKey()), cell)
                                .name()
                                .substring(1))
                        .toList();
                assertThat(ours).isEqualTo(theirs).hasSize(15_706);
            }
        }
    }

    /** A grid, where to look at it, and how many cells to make. */
    private record Piece(String table, Grid grid, KeyType type, RangeLimit from, int cells) {

        List<Cell> made() {
            return Stream.iterate(grid.cellAt(from), grid::next).limit(cells).toList();
        }
    }

    private static Piece piece(
            String table, String every, String zone, Encoding encoding, KeyType type, String at, int cells) {
        TimeGrid grid = (TimeGrid) grid(every, zone, encoding, type);
        return new Piece(table, grid, type, grid.place(Instant.parse(at)), cells);
    }

    private static List<Piece> pieces() {
        Instant twitter = Instant.parse("2010-11-04T01:42:54.657Z");
        Grid halves = new Spacing.Numbers(new BigDecimal("0.5"), BigDecimal.ZERO, Spacing.Cursor.KEY, Optional.empty())
                .grid(KeyType.NUMERIC)
                .orElseThrow();
        Grid hundreds = new Spacing.Numbers(new BigDecimal(100), BigDecimal.ONE, Spacing.Cursor.KEY, Optional.empty())
                .grid(KeyType.SMALLINT)
                .orElseThrow();
        Encoding natively = Encoding.NATIVE;
        return List.of(
                piece("apia", "1 day", "Pacific/Apia", natively, KeyType.TIMESTAMPTZ, "2011-12-28T00:00:00Z", 6),
                piece("johns", "1 day", "America/St_Johns", natively, KeyType.TIMESTAMPTZ, "2006-10-27T12:00:00Z", 5),
                piece("hours", "1 hour", "Europe/Berlin", natively, KeyType.TIMESTAMPTZ, "2024-10-26T20:00:00Z", 10),
                piece(
                        "halves",
                        "30 minutes",
                        "Australia/Lord_Howe",
                        natively,
                        KeyType.TIMESTAMPTZ,
                        "2024-04-06T13:00:00Z",
                        9),
                piece("weeks", "1 week", "Europe/Berlin", natively, KeyType.TIMESTAMP, "2024-12-20T00:00:00Z", 5),
                piece("months", "1 month", "Asia/Kolkata", natively, KeyType.DATE, "2023-12-31T20:00:00Z", 5),
                piece("years", "1000 years", "UTC", natively, KeyType.DATE, "-0043-03-15T00:00:00Z", 3),
                piece(
                        "seconds",
                        "1 month",
                        "UTC",
                        epoch(Encoding.Epoch.Unit.S),
                        KeyType.INTEGER,
                        "2037-11-05T00:00:00Z",
                        2),
                piece(
                        "millis",
                        "1 day",
                        "Europe/Berlin",
                        epoch(Encoding.Epoch.Unit.MS),
                        KeyType.BIGINT,
                        "2024-03-30T12:00:00Z",
                        4),
                piece(
                        "nanos",
                        "1 quarter",
                        "Europe/Berlin",
                        epoch(Encoding.Epoch.Unit.NS),
                        KeyType.NUMERIC,
                        "2024-03-30T12:00:00Z",
                        4),
                piece("uuids", "1 month", "UTC", new Encoding.Uuid7(), KeyType.UUID, "2024-01-01T00:00:00Z", 4),
                piece(
                        "flakes",
                        "1 month",
                        "UTC",
                        new Encoding.Snowflake(twitter, 22),
                        KeyType.BIGINT,
                        "2010-10-15T00:00:00Z",
                        4),
                new Piece("numbers", halves, KeyType.NUMERIC, RangeLimit.at(-1), 5),
                new Piece("small", hundreds, KeyType.SMALLINT, RangeLimit.at(-150), 5));
    }

    @OnEveryPostgres
    void rowsLieInTheCellThatHoldsThem(TestDatabase database) {
        for (Piece piece : pieces()) {
            KeyType type = piece.type();
            Identifier table = Identifier.of(piece.table());
            database.execute("CREATE TABLE " + table + " (k " + type.sqlName() + ") PARTITION BY RANGE (k)");
            Map<String, String> expected = new HashMap<>();
            for (Cell cell : piece.made()) {
                Identifier name = name(piece.grid(), new Naming(piece.grid().defaultName()), table, cell);
                database.execute("CREATE TABLE " + name + " PARTITION OF " + table + " FOR VALUES FROM ("
                        + Literal.of(type.print(cell.from())) + ") TO (" + Literal.of(type.print(cell.to())) + ")");
                for (RangeLimit place : List.of(cell.from(), justBefore(cell.to(), type))) {
                    assertThat(piece.grid().cellAt(place)).isEqualTo(cell);
                    expected.put(type.print(place), name.name());
                    database.execute("INSERT INTO " + table + " VALUES (" + Literal.of(type.print(place)) + ")");
                }
            }
            Map<String, String> found =
                    database.rows("SELECT k || '|' || tableoid::regclass::name FROM " + table).stream()
                            .map(row -> row.split("\\|"))
                            .collect(Collectors.toMap(row -> row[0], row -> row[1]));
            assertThat(found).as(piece.toString()).isEqualTo(expected);
        }
    }

    private static RangeLimit justBefore(RangeLimit limit, KeyType type) {
        BigDecimal smallest = switch (type) {
            case DATE -> BigDecimal.valueOf(86_400_000_000L);
            case NUMERIC -> new BigDecimal("0.01");
            default -> BigDecimal.ONE;
        };
        return RangeLimit.at(limit.position().subtract(smallest));
    }

    @OnEveryPostgres
    void typesExpressWhatTheServerTakes(TestDatabase database) throws Exception {
        Map<KeyType, List<String>> edges = Map.of(
                KeyType.SMALLINT, List.of("32767", "32768", "-32768", "-32769"),
                KeyType.INTEGER, List.of("2147483647", "2147483648", "-2147483648", "-2147483649", "NaN"),
                KeyType.BIGINT, List.of("9223372036854775807", "9223372036854775808", "-9223372036854775809"),
                KeyType.NUMERIC,
                        List.of(
                                "1" + "0".repeat(131_071),
                                "1" + "0".repeat(131_072),
                                "0." + "0".repeat(16_382) + "1",
                                "NaN",
                                "-Infinity"),
                KeyType.DATE,
                        List.of(
                                "5874897-12-31",
                                "5874898-01-01",
                                "4714-11-24 BC",
                                "4714-11-23 BC",
                                "2023-02-29",
                                "infinity"),
                KeyType.TIMESTAMP,
                        List.of(
                                "294276-12-31 23:59:59.999999",
                                "294277-01-01 00:00:00",
                                "4714-11-24 00:00:00 BC",
                                "4714-11-23 23:59:59 BC",
                                "-infinity"),
                KeyType.TIMESTAMPTZ,
                        List.of(
                                "294276-12-31 23:59:59.999999+00",
                                "294277-01-01 00:00:00+00",
                                "4714-11-24 00:00:00+00 BC"),
                KeyType.UUID, List.of("ffffffff-ffff-ffff-ffff-ffffffffffff", "ffffffff-ffff-ffff-ffff-fffffffffffg"));
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<KeyType, List<String>> edge : edges.entrySet()) {
                for (String text : edge.getValue()) {
                    KeyType type = edge.getKey();
                    assertThat(type.limit(text).isPresent())
                            .as(type + " " + text.substring(0, Math.min(40, text.length())))
                            .isEqualTo(takes(statement, text, type));
                }
            }
        }
    }

    private static boolean takes(Statement statement, String text, KeyType type) {
        try (ResultSet rows = statement.executeQuery("SELECT " + Literal.of(text) + "::" + type.sqlName())) {
            return rows.next();
        } catch (SQLException e) {
            return false;
        }
    }

    private static final List<String> SESSION_ZONES =
            List.of("UTC", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "Europe/Berlin", "<-12>+12");

    private static final List<String> DATE_STYLES = List.of("ISO, YMD", "German, DMY", "SQL, MDY", "Postgres, DMY");

    /** What a session was set to before does not matter: neither to what we read, nor, even without our settings, to what we write. */
    @OnPostgres
    void limitsComeBackFromTheServerAsTheyWereSent(TestDatabase database) throws Exception {
        Random random = new Random(SEED);
        int compared = 0;
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            for (KeyType type : List.of(
                    KeyType.DATE,
                    KeyType.TIMESTAMP,
                    KeyType.TIMESTAMPTZ,
                    KeyType.BIGINT,
                    KeyType.NUMERIC,
                    KeyType.UUID)) {
                List<RangeLimit> limits = limits(type, random);
                for (String zone : SESSION_ZONES) {
                    for (String style : DATE_STYLES) {
                        assertThat(backAndForth(statement, type, limits, zone, style))
                                .as(type + " under " + zone + " and " + style + ", seed " + SEED)
                                .isEqualTo(limits);
                        compared += limits.size();
                    }
                }
            }
        }
        System.out.printf("%,d limits through the server, seed %d%n", compared, SEED);
    }

    private static List<RangeLimit> backAndForth(
            Statement statement, KeyType type, List<RangeLimit> limits, String zone, String style) throws SQLException {
        String values = limits.stream()
                .map(limit -> "(" + Literal.of(type.print(limit)) + "::" + type.sqlName() + ")")
                .collect(Collectors.joining(","));
        statement.execute("BEGIN; SET LOCAL TimeZone = " + Literal.of(zone) + "; SET LOCAL DateStyle = "
                + Literal.of(style) + "; CREATE TEMP TABLE sent ON COMMIT DROP AS SELECT v FROM (VALUES " + values
                + ") AS t(v); " + Setting.all(SessionSettings.PINNED));
        try {
            return strings(statement, "SELECT v::text FROM pg_temp.sent").stream()
                    .map(text -> type.limit(text).orElseThrow(() -> new AssertionError(text)))
                    .toList();
        } finally {
            statement.execute("ROLLBACK");
        }
    }

    private static List<RangeLimit> limits(KeyType type, Random random) {
        List<RangeLimit> limits = new ArrayList<>();
        if (type.temporal() || type == KeyType.NUMERIC) {
            limits.add(RangeLimit.INFINITY);
            limits.add(RangeLimit.MINUS_INFINITY);
        }
        BigDecimal unit = type == KeyType.DATE ? BigDecimal.valueOf(86_400_000_000L) : BigDecimal.ONE;
        while (limits.size() < 300) {
            long number = random.nextLong() >> random.nextInt(63);
            RangeLimit limit = RangeLimit.at(
                    type == KeyType.NUMERIC
                            ? BigDecimal.valueOf(number, random.nextInt(20))
                            : BigDecimal.valueOf(number / unit.longValueExact()).multiply(unit));
            if (type.expresses(limit)) {
                limits.add(limit);
            }
        }
        return limits;
    }

    private static Encoding epoch(Encoding.Epoch.Unit unit) {
        return new Encoding.Epoch(unit);
    }

    private static Grid grid(String every, String zone, Encoding encoding, KeyType type) {
        return Spacing.Time.of(Period.parse(every))
                .withZone(ZoneId.of(zone))
                .withEncoding(encoding)
                .grid(type)
                .orElseThrow();
    }

    private static Identifier name(Grid grid, Naming naming, Cell cell) {
        return name(grid, naming, Identifier.of("t"), cell);
    }

    private static Identifier name(Grid grid, Naming naming, Identifier table, Cell cell) {
        return naming.name(table, token -> grid.token(token, cell));
    }
}
