package dev.partita.plan;

import dev.partita.catalog.Answers;
import dev.partita.catalog.Answers.Kept;
import dev.partita.catalog.Answers.Reference;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Questions;
import dev.partita.declaration.Restraint;
import dev.partita.plan.Outlook.Cause;
import dev.partita.problem.Nearest;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.ListValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What keeps a partition in its place that has been kept long enough: a pin, a row that refers to it, a row of its own. */
final class Holds {

    private final CatalogTable table;
    private final Restraint restraint;
    private final Answers answers;
    private final Findings findings;

    Holds(CatalogTable table, Restraint restraint, Answers answers, Findings findings) {
        this.table = table;
        this.restraint = restraint;
        this.answers = answers;
        this.findings = findings;
    }

    /** What has to be known about a partition before {@link #keeps} can tell. */
    Questions questions(List<Candidate> candidates) {
        return Questions.aboutHolds(
                candidates.stream()
                        .flatMap(candidate -> referenced(candidate).stream())
                        .toList(),
                candidates.stream()
                        .flatMap(candidate -> keeping(candidate).stream())
                        .toList());
    }

    private Optional<Questions.Referenced> referenced(Candidate candidate) {
        return table.referencedBy().isEmpty()
                ? Optional.empty()
                : Optional.of(new Questions.Referenced(
                        table.oid(),
                        candidate.level().column(),
                        candidate.level().type(),
                        candidate.range()));
    }

    private Optional<Questions.Keeping> keeping(Candidate candidate) {
        return restraint.unless().isEmpty() || !unknown().isEmpty()
                ? Optional.empty()
                : Optional.of(new Questions.Keeping(candidate.partition().name(), restraint.unless()));
    }

    /** Says what is pinned of these. */
    void tellPinned(List<Candidate> candidates) {
        List<Candidate> pinned = candidates.stream().filter(this::isPinned).toList();
        if (!pinned.isEmpty()) {
            findings.info(
                    ProblemCode.PARTITION_PINNED,
                    Candidate.words(pinned) + (pinned.size() == 1 ? " has" : " have")
                            + " been kept long enough and " + (pinned.size() == 1 ? "stays" : "stay")
                            + ", because the declaration pins "
                            + restraint.pins().stream().map(Object::toString).collect(Collectors.joining(", ")),
                    "when nobody needs it any more, take it out of pins:");
        }
    }

    boolean isPinned(Candidate candidate) {
        return restraint.pins(candidate.range(), candidate.level().grid());
    }

    /** Columns of conditions that the table does not have. */
    private List<Identifier> unknown() {
        return restraint.unless().stream()
                .map(Restraint.Unless::column)
                .filter(column ->
                        table.columns().stream().noneMatch(there -> there.name().equals(column)))
                .toList();
    }

    /** Whether it can be seen at all what keeps a partition; says what cannot. */
    boolean canBeSeen() {
        List<Identifier> unknown = unknown();
        unknown.forEach(column -> findings.error(
                ProblemCode.PARTITION_IN_USE,
                "the table has no column " + column.written()
                        + ", so which rows keep their partition cannot be seen; nothing is retired",
                Nearest.to(
                                column.name(),
                                table.columns().stream()
                                        .map(there -> there.name().name())
                                        .toList())
                        .map(near -> "under unless: did you mean " + near + "?")
                        .orElse("correct unless:")));
        return unknown.isEmpty();
    }

    /** What rows keep it, as far as can be seen; says which. */
    Optional<Cause> keeps(Candidate candidate) {
        if (!isUnreferenced(candidate)) {
            return Optional.of(Cause.REFERENCES);
        }
        return isUnkept(candidate) ? Optional.empty() : Optional.of(Cause.ROWS);
    }

    private boolean isUnreferenced(Candidate candidate) {
        Optional<Questions.Referenced> question = referenced(candidate);
        if (question.isEmpty()) {
            return true;
        }
        Reference reference =
                answers.referenced().getOrDefault(question.get(), new Reference.Unknown(table.name(), "nobody looked"));
        if (reference instanceof Reference.By by) {
            findings.warning(
                    ProblemCode.PARTITION_REFERENCED,
                    candidate.partition().name() + " has been kept long enough, but rows of " + by.table()
                            + " refer to it, so it stays",
                    "retire those rows first: partition " + by.table()
                            + " by the same key and keep it as long, or delete them");
        } else if (reference instanceof Reference.Unknown unknown) {
            findings.warning(
                    ProblemCode.PARTITION_REFERENCED,
                    candidate.partition().name() + " has been kept long enough, but whether rows of " + unknown.table()
                            + " refer to it cannot be seen: " + unknown.why() + "; it stays",
                    "make an index on the foreign key's columns in " + unknown.table());
        }
        return reference instanceof Reference.Nobody;
    }

    private boolean isUnkept(Candidate candidate) {
        Optional<Questions.Keeping> question = keeping(candidate);
        if (question.isEmpty()) {
            return true;
        }
        Kept kept = answers.kept().getOrDefault(question.get(), new Kept.Unknown("nobody looked"));
        if (kept instanceof Kept.By by) {
            findings.warning(
                    ProblemCode.PARTITION_IN_USE,
                    candidate.partition().name() + " has been kept long enough, but it has rows whose "
                            + by.unless().column() + " is " + words(by.unless().values()) + ", so it stays",
                    "bring those rows to an end; the next run looks again");
        } else if (kept instanceof Kept.Unknown unknown) {
            findings.warning(
                    ProblemCode.PARTITION_IN_USE,
                    candidate.partition().name() + " has been kept long enough, but whether it has rows that keep it "
                            + "cannot be seen: " + unknown.why() + "; it stays",
                    "look whether the columns under unless: exist, may be read, and have an index");
        }
        return kept instanceof Kept.ByNothing;
    }

    private static String words(List<ListValue> values) {
        return values.stream().map(ListValue::toString).collect(Collectors.joining(" or "));
    }
}
