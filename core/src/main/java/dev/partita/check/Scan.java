package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.declaration.Cell;
import dev.partita.declaration.Grid;
import dev.partita.sql.Identifier;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.PartitionMethod;
import dev.partita.table.RangeLimit;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Counts the rows of DEFAULT partitions that hold some, by the range or the value that has no partition. */
final class Scan {

    /** Patience for one DEFAULT. */
    private static final String AT_LENGTH = "SET LOCAL statement_timeout = '10min'";

    /** More places than that nobody reads. */
    private static final int MOST_PLACES = 1_000;

    private static final int MOST_VALUES = 50;

    /** What lies further ahead was hardly meant. */
    private static final Duration FAR = Duration.ofDays(366);

    private final Question question;
    private final CheckFacts facts;
    private final Map<Long, Looked> looked;
    private final Map<Long, Leaked.Counted> counted = new HashMap<>();

    Scan(Question question, CheckFacts facts, Map<Long, Looked> looked) {
        this.question = question;
        this.facts = facts;
        this.looked = looked;
    }

    Map<Long, Leaked.Counted> counted() throws SQLException {
        question.run(AT_LENGTH);
        for (CatalogTable table : facts.catalog().tables().values()) {
            for (Branch branch : facts.branches(table)) {
                Optional<CatalogPartition> fallback =
                        branch.fallback().filter(partition -> looked.get(partition.oid()) instanceof Looked.Filled);
                if (fallback.isPresent()) {
                    count(branch, fallback.get());
                }
            }
        }
        return counted;
    }

    /** What fails meanwhile, for a lock or for time, stays uncounted; that there are rows is known. */
    private void count(Branch branch, CatalogPartition fallback) throws SQLException {
        Optional<Identifier> key = branch.key().singleColumn();
        try {
            if (key.isEmpty()) {
                counted.put(fallback.oid(), new Leaked.Counted(rows(fallback), 0, List.of(), 0));
            } else if (branch.key().method() == PartitionMethod.LIST) {
                counted.put(fallback.oid(), values(fallback, key.get()));
            } else {
                counted.put(fallback.oid(), ranges(branch, fallback, key.get()));
            }
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("08") || state.startsWith("57P")) {
                throw e;
            }
        }
    }

    private Optional<Identifier> as(CatalogPartition fallback) throws SQLException {
        return Optional.ofNullable(question.access(List.of(fallback.oid())).get(fallback.oid()))
                .flatMap(Access::reader);
    }

    private long rows(CatalogPartition fallback) throws SQLException {
        List<Long> rows = new ArrayList<>();
        question.attempt(
                as(fallback),
                Sql.of("SELECT count(*) AS rows FROM {}", fallback.name()).sql(),
                row -> rows.add(row.getLong("rows")));
        return rows.get(0);
    }

    private Leaked.Counted values(CatalogPartition fallback, Identifier key) throws SQLException {
        List<Leaked.Part> parts = new ArrayList<>();
        long[] sums = new long[3];
        question.attempt(
                as(fallback),
                Sql.of(
                                "SELECT {}::text AS value, count(*) AS rows FROM {} GROUP BY 1 ORDER BY 2 DESC, 1",
                                key,
                                fallback.name())
                        .sql(),
                row -> {
                    long rows = row.getLong("rows");
                    String value = row.getString("value");
                    sums[0] += rows;
                    if (value == null) {
                        sums[1] = rows;
                    } else if (parts.size() < MOST_VALUES) {
                        parts.add(new Leaked.Part(value, rows, false));
                    } else {
                        sums[2] += rows;
                    }
                });
        return new Leaked.Counted(sums[0], sums[1], parts, sums[2]);
    }

    /** One scan for where they begin and end, and one that sorts them into the cells between. */
    private Leaked.Counted ranges(Branch branch, CatalogPartition fallback, Identifier key) throws SQLException {
        Axis axis = Axis.of(branch);
        List<Extent> extents = new ArrayList<>();
        question.attempt(
                as(fallback),
                Sql.of(
                                "SELECT count(*) AS rows, count({}) AS keys, min({})::text AS least, max({})::text AS greatest"
                                        + " FROM {}",
                                key,
                                key,
                                key,
                                fallback.name())
                        .sql(),
                row -> extents.add(new Extent(
                        row.getLong("rows"),
                        row.getLong("rows") - row.getLong("keys"),
                        Optional.ofNullable(row.getString("least"))
                                .flatMap(text -> axis.type().limit(text)),
                        Optional.ofNullable(row.getString("greatest"))
                                .flatMap(text -> axis.type().limit(text)))));
        Extent extent = extents.get(0);
        List<Cell> cells = cells(axis, extent);
        if (cells.isEmpty()) {
            return new Leaked.Counted(extent.rows(), extent.nulls(), List.of(), extent.rows() - extent.nulls());
        }
        long[] rows = new long[cells.size() + 2];
        question.attempt(
                as(fallback),
                Sql.of(
                                "SELECT width_bucket({}, ARRAY[{}]::{}[]) AS bucket, count(*) AS rows FROM {}"
                                        + " WHERE {} IS NOT NULL GROUP BY 1",
                                key,
                                limits(axis, cells),
                                new Sql(axis.type().sqlName()),
                                fallback.name(),
                                key)
                        .sql(),
                row -> rows[row.getInt("bucket")] = row.getLong("rows"));
        List<Leaked.Part> parts = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (rows[i + 1] > 0) {
                Cell cell = cells.get(i);
                parts.add(new Leaked.Part(
                        axis.words(cell.from(), cell.to()), rows[i + 1], far(axis, cell.from(), facts.now())));
            }
        }
        return new Leaked.Counted(extent.rows(), extent.nulls(), parts, rows[0] + rows[cells.size() + 1]);
    }

    private record Extent(long rows, long nulls, Optional<RangeLimit> least, Optional<RangeLimit> greatest) {}

    private static List<Cell> cells(Axis axis, Extent extent) {
        Optional<Grid> grid = axis.grid();
        if (grid.isEmpty() || extent.least().isEmpty() || extent.greatest().isEmpty()) {
            return List.of();
        }
        RangeLimit least = extent.least().get();
        RangeLimit greatest = extent.greatest().get();
        if (!grid.get().reaches(least) || !grid.get().reaches(greatest)) {
            return List.of();
        }
        return grid.get()
                .cells(least, greatest)
                .limit(MOST_PLACES)
                .filter(cell ->
                        axis.type().expresses(cell.from()) && axis.type().expresses(cell.to()))
                .toList();
    }

    private static Sql limits(Axis axis, List<Cell> cells) {
        List<RangeLimit> limits = new ArrayList<>();
        cells.forEach(cell -> limits.add(cell.from()));
        limits.add(cells.get(cells.size() - 1).to());
        return new Sql(limits.stream()
                .map(limit -> new Literal(axis.type().print(limit)).sql())
                .collect(Collectors.joining(", ")));
    }

    private static boolean far(Axis axis, RangeLimit from, Instant now) {
        return axis.present(now.plus(FAR)).map(limit -> limit.isBefore(from)).orElse(false);
    }
}
