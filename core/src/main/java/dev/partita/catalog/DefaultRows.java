package dev.partita.catalog;

import dev.partita.catalog.Answers.Rows;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts the rows of a DEFAULT partition that wanted partitions would take. */
final class DefaultRows {

    /** More than that need not be known, and is not moved in one go. */
    static final long ENOUGH = Answers.Moving.MOST_ROWS;

    static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(2);

    /** PostgreSQL returns at most 1664 columns, and a statement should stay readable in a log. */
    private static final int BOUNDS_IN_A_SCAN = 500;

    private final Snapshot snapshot;
    private final Map<Questions.DefaultRows, Rows> rows = new HashMap<>();
    private final Map<TableName, Long> pages = new HashMap<>();
    private final Map<TableName, Answers.Moving> moving = new HashMap<>();

    private DefaultRows(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Looks into each DEFAULT that is asked about. */
    static DefaultRows count(Snapshot snapshot, List<Questions.DefaultRows> questions) throws SQLException {
        snapshot.run(Setting.all(SessionSettings.limits(Snapshot.LOCK_TIMEOUT, STATEMENT_TIMEOUT))
                .sql());
        DefaultRows counts = new DefaultRows(snapshot);
        Map<TableName, List<Questions.DefaultRows>> byPartition = questions.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        Questions.DefaultRows::partition, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<TableName, List<Questions.DefaultRows>> each : byPartition.entrySet()) {
            counts.count(each.getKey(), each.getValue());
        }
        return counts;
    }

    /** An answer for each question. */
    Map<Questions.DefaultRows, Rows> rows() {
        return rows;
    }

    /** How large each DEFAULT is; missing where somebody's lock keeps us from looking. */
    Map<TableName, Long> pages() {
        return pages;
    }

    /** What a move of rows out of each DEFAULT means that holds some. */
    Map<TableName, Answers.Moving> moving() {
        return moving;
    }

    private void count(TableName partition, List<Questions.DefaultRows> questions) throws SQLException {
        List<Long> oids = new ArrayList<>();
        snapshot.each(CatalogQuery.TABLES.named(List.of(partition)), row -> oids.add(row.number("oid")));
        if (oids.isEmpty()) {
            questions.forEach(question -> rows.put(question, new Rows.Unknown("it does not exist", false)));
            return;
        }
        List<Question> countable = new ArrayList<>();
        for (Questions.DefaultRows question : questions) {
            RowCondition.of(question.column(), question.type(), question.bound())
                    .ifPresentOrElse(
                            condition -> countable.add(new Question(question, condition)),
                            () -> rows.put(
                                    question,
                                    new Rows.Unknown(
                                            "it is not known which rows " + question.bound() + " takes", false)));
        }
        try {
            snapshot.attempt(() ->
                    snapshot.each(CatalogQuery.SIZE.about(oids), row -> pages.put(partition, row.number("pages"))));
            snapshot.lookInto(partition, () -> count(partition, oids.get(0), countable));
            if (countable.stream().anyMatch(this::found)) {
                snapshot.attempt(() -> moving.put(partition, moving(oids)));
            }
        } catch (SQLException e) {
            Rows unknown = new Rows.Unknown(why(e, oids), ServerMessage.tookTooLong(e));
            countable.forEach(question -> rows.put(question.asked(), unknown));
        }
    }

    private void count(TableName partition, long oid, List<Question> questions) throws SQLException {
        if (isEmpty(partition)) {
            questions.forEach(question -> rows.put(question.asked(), new Rows.Counted(0, false)));
            return;
        }
        for (int from = 0; from < questions.size(); from += BOUNDS_IN_A_SCAN) {
            List<Question> some = questions.subList(from, Math.min(from + BOUNDS_IN_A_SCAN, questions.size()));
            if (ordered(oid, some.get(0))) {
                countByIndex(partition, some);
            } else {
                countByScan(partition, some);
            }
        }
    }

    private boolean isEmpty(TableName partition) throws SQLException {
        List<Boolean> holds = new ArrayList<>();
        snapshot.each(
                Sql.of("SELECT EXISTS (SELECT FROM {}) AS holds", partition).sql(),
                row -> holds.add(row.flag("holds")));
        return !holds.contains(true);
    }

    private boolean ordered(long oid, Question question) throws SQLException {
        List<Boolean> leading = new ArrayList<>();
        snapshot.each(
                CatalogQuery.LEADING.about(List.of(oid), question.asked().column()),
                row -> leading.add(row.flag("leading")));
        return leading.contains(true);
    }

    /** One look into the index for each bound, and never further than is worth knowing. */
    private void countByIndex(TableName partition, List<Question> questions) throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (int place = 0; place < questions.size(); place++) {
            sql.append(place == 0 ? "" : "\nUNION ALL\n")
                    .append(Sql.of(
                                    "SELECT {} AS place, count(*) AS rows FROM (SELECT FROM {} WHERE {} LIMIT {}) AS found",
                                    new Sql(Integer.toString(place)),
                                    partition,
                                    questions.get(place).condition(),
                                    new Sql(Long.toString(ENOUGH + 1)))
                            .sql());
        }
        snapshot.each(sql.toString(), row -> answer(questions.get((int) row.number("place")), row.number("rows")));
    }

    /** One scan for all bounds. */
    private void countByScan(TableName partition, List<Question> questions) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int place = 0; place < questions.size(); place++) {
            sql.append(place == 0 ? "" : ", ")
                    .append(Sql.of(
                                    "count(*) FILTER (WHERE {}) AS rows{}",
                                    questions.get(place).condition(),
                                    new Sql(Integer.toString(place)))
                            .sql());
        }
        sql.append(Sql.of(" FROM {}", partition).sql());
        snapshot.each(sql.toString(), row -> {
            for (int place = 0; place < questions.size(); place++) {
                answer(questions.get(place), row.number("rows" + place));
            }
        });
    }

    private void answer(Question question, long found) {
        rows.put(question.asked(), new Rows.Counted(Math.min(found, ENOUGH), found > ENOUGH));
    }

    private boolean found(Question question) {
        return rows.get(question.asked()) instanceof Rows.Counted counted && counted.count() > 0;
    }

    private Answers.Moving moving(List<Long> oids) throws SQLException {
        List<Identifier> columns = new ArrayList<>();
        snapshot.each(CatalogQuery.STORED.about(oids), row -> columns.add(row.name("name")));
        List<Answers.Hearer> hearers = new ArrayList<>();
        snapshot.each(
                CatalogQuery.HEARERS.about(oids),
                row -> hearers.add(new Answers.Hearer(
                        Answers.Hearer.Kind.valueOf(row.text("kind")),
                        row.table("schema", "table"),
                        row.name("name"),
                        row.textIfAny("definition"))));
        return new Answers.Moving(columns, hearers);
    }

    private String why(SQLException e, List<Long> oids) throws SQLException {
        if (ServerMessage.tookTooLong(e)) {
            return "looking through it took longer than " + STATEMENT_TIMEOUT.toSeconds() + " s";
        }
        return ServerMessage.lockNotAvailable(e) ? holders(oids) : ServerMessage.of(e);
    }

    private String holders(List<Long> oids) throws SQLException {
        List<String> sessions = new ArrayList<>();
        snapshot.each(
                CatalogQuery.HOLDERS.about(oids),
                row -> sessions.add("pid " + row.number("pid") + " ("
                        + row.textIfAny("application").orElse("") + ")"));
        return (sessions.isEmpty() ? "somebody" : String.join(", ", sessions)) + " holds a lock on it";
    }

    /** A question and what a row fulfils that it asks for. */
    private record Question(Questions.DefaultRows asked, Sql condition) {}
}
