package dev.partita.migration;

import dev.partita.catalog.Answers;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogReader;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Questions;
import dev.partita.catalog.Row;
import dev.partita.catalog.Server;
import dev.partita.catalog.Snapshot;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import dev.partita.plan.Planner;
import dev.partita.plan.Window;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.KeyType;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at a migration: in the state schema, in the catalog, and as far as needed at rows. Changes nothing. */
final class ObservationReader {

    /** Beyond this many, how many notes there are does not matter. */
    private static final long MOST_COUNTED = 1_000_000;

    private final Connection connection;
    private final TableDeclaration declaration;
    private final Snapshot.Conductor conductor;

    /**
     * Looks there.
     *
     * @param connection outside of a transaction; it is left as it was found
     * @param conductor runs what may take long
     */
    ObservationReader(Connection connection, TableDeclaration declaration, Snapshot.Conductor conductor) {
        this.connection = connection;
        this.declaration = declaration;
        this.conductor = conductor;
    }

    /** The migration of the table that has not ended. */
    Optional<Migration> open() throws SQLException {
        List<Migration> found = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            snapshot.each(Query.OPEN.about(declaration.name()), row -> found.add(migration(row, declaration.name())));
        }
        return found.stream().findFirst();
    }

    static Migration migration(Row row, TableName table) throws SQLException {
        Optional<Migration.Copy> copy = row.textIfAny("horizon").isEmpty()
                ? Optional.empty()
                : Optional.of(new Migration.Copy(row.number("horizon"), row.text("files"), row.number("blocks")));
        return new Migration(
                row.number("id"),
                table,
                row.number("source"),
                Phase.of(row.text("phase")),
                row.text("fingerprint"),
                copy,
                row.textIfAny("settled").map(Long::parseLong),
                row.number("applied"),
                row.flag("paused"),
                row.flag("held"),
                row.textIfAny("cutover_window").map(text -> CutoverWindow.parse("partita.migration", text)),
                throttle(row),
                waits(row),
                row.textIfAny("trouble").filter(text -> !text.isEmpty()),
                Instant.parse(row.text("started_at")),
                Instant.parse(row.text("phase_since")));
    }

    private static Throttle throttle(Row row) throws SQLException {
        return new Throttle(
                row.textIfAny("throttle_lag_ms").map(Long::valueOf).map(Duration::ofMillis),
                row.textIfAny("throttle_wal_rate").map(Long::valueOf),
                row.textIfAny("throttle_wal_kept").map(Long::valueOf),
                row.textIfAny("throttle_active").map(Integer::valueOf),
                row.textIfAny("throttle_query"),
                (int) row.number("throttle_share"),
                row.textIfAny("disk_limit").map(Long::valueOf),
                row.textIfAny("log_limit").map(Long::valueOf));
    }

    private static Optional<Migration.Waits> waits(Row row) throws SQLException {
        Optional<String> code = row.textIfAny("waits_code");
        return row.textIfAny("waits")
                .map(why -> new Migration.Waits(
                        why,
                        Arrays.stream(ProblemCode.values())
                                .filter(known ->
                                        code.filter(known.name()::equals).isPresent())
                                .findFirst()));
    }

    /** The old table as it is before anything has begun. */
    Before before() throws SQLException {
        Catalog catalog = new CatalogReader().read(connection, List.of(named(declaration.name())));
        Optional<CatalogTable> table = catalog.table(declaration.name());
        if (table.isEmpty()) {
            return new Before(catalog.server(), Optional.empty(), List.of());
        }
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            SourceReader reader = new SourceReader(snapshot);
            Source source = reader.source(table.get(), false);
            List<SourceReader.Refusal> refusals = reader.refusals(
                    table.get(),
                    declaration.scheme().levels().stream().map(Scheme::column).toList(),
                    rewrite(0, source).names(source));
            return new Before(catalog.server(), Optional.of(source), refusals);
        }
    }

    /**
     * What is seen before anything has begun.
     *
     * @param server that is asked
     * @param source the table, if it exists
     * @param refusals what stands against it, as far as the catalog alone can tell
     */
    record Before(Server server, Optional<Source> source, List<SourceReader.Refusal> refusals) {
        Before {
            refusals = List.copyOf(refusals);
        }
    }

    /** Tries it all out on an empty copy; writes, and takes it back. */
    Rehearsed rehearse(Before before, Instant now) throws SQLException {
        Source source = before.source().orElseThrow();
        Rewrite rewrite = rewrite(0, source);
        try (Snapshot snapshot = Snapshot.begin(connection, true)) {
            List<String> files = new ArrayList<>();
            snapshot.each(new Heaps(List.of(source.table().oid())).files().sql(), row -> files.add(row.text("files")));
            Foreseen foreseen = new Foreseen(declaration, source, files.get(0), before.server(), rewrite, now);
            return new Rehearsal(snapshot, conductor, source, rewrite, foreseen).play();
        }
    }

    /** How many blocks one connection has copied a second lately; 0 when that is not known. */
    double speed(Migration migration) throws SQLException {
        List<Double> found = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            snapshot.each(
                    Query.SPEED.of(migration.id()), row -> found.add(Double.valueOf(row.text("blocks_per_second"))));
        }
        return found.get(0);
    }

    /** How burdened the server is, as far as the limits of a migration ask for it. */
    Load load(Migration migration) throws SQLException {
        Throttle throttle = migration.throttle();
        List<Load> found = new ArrayList<>();
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            boolean[] answer = {false};
            long[] taken = {0, 0};
            if (throttle.query().isPresent()) {
                snapshot.each("SELECT set_config('statement_timeout', '5s', true)", row -> {});
                snapshot.each(
                        "SELECT answer FROM (\n" + throttle.query().get() + "\n) AS asked (answer) LIMIT 1",
                        row -> answer[0] = row.textIfAny("answer")
                                .filter(ObservationReader::holds)
                                .isPresent());
            }
            if (throttle.weighs()) {
                snapshot.each(
                        Query.DISK.of(
                                migration.rewrite().shadow(),
                                migration.rewrite().log(false)),
                        row -> {
                            taken[0] = row.number("fresh") + row.number("log");
                            taken[1] = row.number("log");
                        });
            }
            snapshot.each(
                    Query.LOAD.counting(throttle.counts()),
                    row -> found.add(new Load(
                            row.text("user"),
                            row.number("standbys"),
                            row.number("seen_standbys"),
                            row.textIfAny("lag_ms").map(Long::valueOf).map(Duration::ofMillis),
                            row.number("wal"),
                            0,
                            row.number("kept"),
                            row.textIfAny("endangered"),
                            row.number("active"),
                            row.number("hidden"),
                            answer[0],
                            taken[0],
                            taken[1])));
        }
        return found.get(0);
    }

    /** @throws NumberFormatException if it is neither a truth value nor a number */
    private static boolean holds(String answer) {
        return switch (answer) {
            case "t", "true" -> true;
            case "f", "false" -> false;
            default -> new BigDecimal(answer).signum() > 0;
        };
    }

    private TableDeclaration named(TableName name) {
        return TableDeclaration.of(name, declaration.scheme());
    }

    /** Everything that is to be known for the next decision. */
    Observation observe(Migration migration, Instant now) throws SQLException {
        boolean swapped = migration.phase().isSwapped();
        Rewrite bare = Rewrite.named(migration.id(), declaration.name());
        TableName old = swapped ? bare.retired() : declaration.name();
        TableName fresh = swapped ? declaration.name() : bare.shadow();
        Catalog both = new CatalogReader().read(connection, List.of(named(old), named(fresh)));
        CatalogTable table = both.table(old).orElseThrow(() -> new SQLException(old + " is gone", "PT001"));
        Map<TableName, CatalogTable> shadow = new LinkedHashMap<>();
        both.table(fresh)
                .filter(found -> found.key().isPresent())
                .ifPresent(found -> shadow.put(declaration.name(), found.called(declaration.name())));
        Catalog catalog = new Catalog(both.server(), shadow, Answers.NONE);
        Source source;
        List<Observation.Leaf> leaves = new ArrayList<>();
        Set<Identifier> adopted = new HashSet<>();
        List<Observation.Chunk> chunks = new ArrayList<>();
        List<String> files = new ArrayList<>();
        List<OlderSession> older = new ArrayList<>();
        Optional<Observation.Span> span = Optional.empty();
        long backlog = 0;
        boolean analyzed = false;
        Rewrite rewrite;
        try (Snapshot snapshot = Snapshot.begin(connection, false)) {
            SourceReader reader = new SourceReader(snapshot);
            source = reader.source(table, migration.phase() == Phase.IN_STEP);
            rewrite = rewrite(migration.id(), source);
            Optional<CatalogTable> made = catalog.table(declaration.name());
            if (made.isPresent()) {
                snapshot.each(Query.LEAVES.about(made.get().oid()), row -> leaves.add(leaf(row)));
            }
            if (swapped) {
                source = reader.after(source, made.orElseThrow(), leaves);
                snapshot.each(Query.KEYS.about(made.get().oid()), row -> adopted.add(row.name("name")));
            }
            snapshot.each(Query.CHUNKS.of(migration.id()), row -> chunks.add(chunk(row)));
            snapshot.each(migration.heaps().files().sql(), row -> files.add(row.text("files")));
            if (migration.phase() == Phase.PREPARING && made.isPresent()) {
                span = span(snapshot, table);
            }
            if (migration.phase().compareTo(Phase.INDEXING) > 0) {
                backlog = backlog(snapshot, rewrite.log(swapped), table.name());
            }
            if (migration.phase() == Phase.READY && made.isPresent()) {
                analyzed = analyzed(snapshot, made.get());
            }
            older.addAll(older(snapshot, migration));
        }
        Observation seen = new Observation(
                migration,
                rewrite,
                declaration,
                files.get(0),
                source,
                catalog,
                span,
                leaves,
                adopted,
                chunks,
                backlog,
                analyzed,
                older,
                now);
        return migration.phase() == Phase.PREPARING && seen.shadow().isPresent() ? answered(seen) : seen;
    }

    /** Names that are taken, as the planner asks for them. */
    private Observation answered(Observation seen) throws SQLException {
        List<Window> windows = Course.windows(seen);
        Questions questions = Planner.questions(
                Declarations.of(Course.declaration(seen)), seen.catalog(), seen.now(), Course.request(windows));
        Answers answers = new CatalogReader().answer(connection, questions);
        return seen.with(answers);
    }

    /** What the steps of this migration speak of. */
    private Rewrite rewrite(long migration, Source source) {
        Map<Identifier, CatalogColumn> columns = source.table().columns().stream()
                .collect(Collectors.toMap(CatalogColumn::name, column -> column, (one, other) -> one));
        List<CatalogColumn> place = declaration.scheme().levels().stream()
                .flatMap(level -> Stream.ofNullable(columns.get(level.column())))
                .distinct()
                .toList();
        return new Rewrite(
                migration,
                declaration.name(),
                List.of(new Part(declaration.name(), false)),
                List.of(new Part(declaration.name(), true)),
                source.columns().stream()
                        .filter(column -> !column.generated())
                        .map(Source.Column::name)
                        .toList(),
                Obstacles.key(source).orElse(List.of()),
                place);
    }

    private static Observation.Chunk chunk(Row row) throws SQLException {
        return new Observation.Chunk(
                row.table("schema", "heap"),
                row.number("identity"),
                row.number("first_block"),
                row.number("end_block"));
    }

    private static Observation.Leaf leaf(Row row) throws SQLException {
        return new Observation.Leaf(
                row.table("schema", "name"),
                row.flag("filled"),
                row.flag("vacuumed"),
                new HashSet<>(SourceReader.identifiers(row, "indexes")),
                SourceReader.identifiers(row, "unproven"));
    }

    /** The first and the last place of a row on the outermost range; empty where there is none, or no row. */
    private Optional<Observation.Span> span(Snapshot snapshot, CatalogTable table) throws SQLException {
        Optional<Scheme.Range> range = declaration.scheme().outermostRange();
        if (range.isEmpty()) {
            return Optional.empty();
        }
        Identifier column = range.get().column();
        KeyType type = table.column(column).orElseThrow().keyType();
        List<Observation.Span> found = new ArrayList<>();
        snapshot.lookInto(table.name(), () -> {
            snapshot.each("SELECT set_config('statement_timeout', '0', true)", row -> {});
            snapshot.each(
                    Sql.of(
                                    "SELECT min({})::text AS first, max({})::text AS last FROM ONLY {}",
                                    column,
                                    column,
                                    table.name())
                            .sql(),
                    row -> {
                        Optional<RangeLimit> first = limit(row, "first", type);
                        Optional<RangeLimit> last = limit(row, "last", type);
                        if (first.isPresent() && last.isPresent()) {
                            found.add(new Observation.Span(first.get(), last.get()));
                        }
                    },
                    conductor);
        });
        return found.stream().findFirst();
    }

    private static Optional<RangeLimit> limit(Row row, String column, KeyType type) throws SQLException {
        return row.textIfAny(column).flatMap(type::limit);
    }

    /** How many rows a partitioned table has is written down by ANALYZE alone. */
    private static boolean analyzed(Snapshot snapshot, CatalogTable table) throws SQLException {
        List<Boolean> found = new ArrayList<>();
        snapshot.each(
                "SELECT reltuples >= 0 AS analyzed FROM pg_class WHERE oid = " + table.oid(),
                row -> found.add(row.flag("analyzed")));
        return found.contains(true);
    }

    /** Sessions whose snapshot is older than the last bulk change, where tables are about to be exchanged. */
    static List<OlderSession> older(Snapshot snapshot, Migration migration) throws SQLException {
        List<OlderSession> older = new ArrayList<>();
        if (migration.phase().waitsForSnapshots() && migration.settled().isPresent()) {
            snapshot.each(
                    Query.SNAPSHOTS.olderThan(migration.settled().get()),
                    row -> older.add(new OlderSession(
                            (int) row.number("pid"),
                            row.text("user"),
                            row.text("application"),
                            row.number("seconds"))));
        }
        return older;
    }

    /** How many changes are noted; beyond a limit they are not counted. */
    static long backlog(Snapshot snapshot, TableName log, TableName table) throws SQLException {
        List<Long> found = new ArrayList<>();
        snapshot.lookInto(
                table,
                () -> snapshot.each(
                        Sql.of(
                                        "SELECT count(*) AS notes FROM (SELECT FROM {} LIMIT {}) AS l",
                                        log,
                                        Literal.of(MOST_COUNTED))
                                .sql(),
                        row -> found.add(row.number("notes"))));
        return found.get(0);
    }
}
