package dev.partita.catalog;

import dev.partita.catalog.Answers.Kept;
import dev.partita.declaration.Restraint.Unless;
import dev.partita.sql.Literal;
import dev.partita.sql.Sql;
import dev.partita.table.ListValue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds out whether a partition has a row with which it is to stay, before anything is done to it. */
final class KeepingRows {

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

    private KeepingRows() {}

    /** An answer for each question. */
    static Map<Questions.Keeping, Kept> of(Snapshot snapshot, List<Questions.Keeping> questions) throws SQLException {
        Map<Questions.Keeping, Kept> answers = new HashMap<>();
        if (!questions.isEmpty()) {
            snapshot.run(Setting.all(SessionSettings.limits(Snapshot.LOCK_TIMEOUT, STATEMENT_TIMEOUT))
                    .sql());
        }
        for (Questions.Keeping question : questions) {
            answers.put(question, answer(snapshot, question));
        }
        return answers;
    }

    private static Kept answer(Snapshot snapshot, Questions.Keeping question) throws SQLException {
        for (Unless unless : question.unless()) {
            List<Boolean> found = new ArrayList<>();
            try {
                snapshot.lookInto(
                        question.partition(),
                        () -> snapshot.each(
                                Sql.of(
                                                "SELECT EXISTS (SELECT FROM {} WHERE {}) AS keeps",
                                                question.partition(),
                                                hasOne(unless))
                                        .sql(),
                                row -> found.add(row.flag("keeps"))));
            } catch (SQLException e) {
                return new Kept.Unknown(
                        ServerMessage.tookTooLong(e)
                                ? "looking through it for " + unless.column() + " took longer than "
                                        + STATEMENT_TIMEOUT.toSeconds() + " s"
                                : ServerMessage.of(e));
            }
            if (found.contains(true)) {
                return new Kept.By(unless);
            }
        }
        return new Kept.ByNothing();
    }

    private static Sql hasOne(Unless unless) {
        List<Literal> values = unless.values().stream()
                .flatMap(value -> Stream.ofNullable(value.text()))
                .map(Literal::of)
                .toList();
        Sql none = Sql.of("{} IS NULL", unless.column());
        if (values.isEmpty()) {
            return none;
        }
        Sql any = Sql.of("{} IN ({})", unless.column(), Sql.list(values));
        return unless.values().contains(ListValue.NULL) ? Sql.of("({} OR {})", any, none) : any;
    }
}
