package dev.partita.catalog;

import dev.partita.catalog.Answers.Reference;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out whether rows of other tables refer to a range, before anything is locked for it. */
final class References {

    /** Whoever needs longer for one range has no index on the column, and PostgreSQL's own look under a lock would take as long. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(2);

    private final Snapshot snapshot;
    private final Map<Long, List<ReferencingColumn>> referencing = new HashMap<>();

    private References(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** An answer for each question. */
    static Map<Questions.Referenced, Reference> of(Snapshot snapshot, List<Questions.Referenced> questions)
            throws SQLException {
        Map<Questions.Referenced, Reference> answers = new HashMap<>();
        if (questions.isEmpty()) {
            return answers;
        }
        snapshot.run(Setting.all(SessionSettings.limits(Snapshot.LOCK_TIMEOUT, STATEMENT_TIMEOUT))
                .sql());
        References references = new References(snapshot);
        references.readReferencing(questions);
        for (Questions.Referenced question : questions) {
            answers.put(question, references.answer(question));
        }
        return answers;
    }

    private void readReferencing(List<Questions.Referenced> questions) throws SQLException {
        Set<Long> read = new HashSet<>();
        for (Questions.Referenced question : questions) {
            if (read.add(question.table())) {
                List<ReferencingColumn> columns = new ArrayList<>();
                snapshot.each(
                        CatalogQuery.REFERENCING.about(List.of(question.table()), question.column()),
                        row -> columns.add(new ReferencingColumn(row.table("schema", "name"), row.name("column"))));
                referencing.put(question.table(), columns);
            }
        }
    }

    private Reference answer(Questions.Referenced question) throws SQLException {
        Reference worst = new Reference.Nobody();
        for (ReferencingColumn column : referencing.getOrDefault(question.table(), List.of())) {
            List<Boolean> refers = new ArrayList<>();
            try {
                snapshot.lookInto(
                        column.table(),
                        () -> snapshot.each(refers(column, question).sql(), row -> refers.add(row.flag("refers"))));
            } catch (SQLException e) {
                worst = new Reference.Unknown(
                        column.table(),
                        ServerMessage.tookTooLong(e)
                                ? "looking through it took longer than " + STATEMENT_TIMEOUT.toSeconds() + " s"
                                : ServerMessage.of(e));
            }
            if (refers.contains(true)) {
                return new Reference.By(column.table());
            }
        }
        return worst;
    }

    private static Sql refers(ReferencingColumn column, Questions.Referenced question) {
        return Sql.of(
                "SELECT EXISTS (SELECT FROM {} WHERE {}) AS refers",
                column.table(),
                new Sql(RangeCondition.of(column.column(), question.type(), question.range()).stream()
                        .map(Sql::sql)
                        .collect(Collectors.joining(" AND "))));
    }

    /** A column that holds the partition key of the referenced row. */
    private record ReferencingColumn(TableName table, Identifier column) {}
}
