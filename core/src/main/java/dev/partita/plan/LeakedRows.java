package dev.partita.plan;

import dev.partita.catalog.Answers;
import dev.partita.catalog.Answers.Hearer;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.RelationKind;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.step.Reason;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a wanted partition that lie in DEFAULT already: whether they can be moved in the transaction that makes the partition.
 *
 * @param lack the wanted partition
 * @param fallback the DEFAULT partition
 * @param counted how many there are
 * @param pages how large DEFAULT is, in pages of 8 KiB; empty when not known
 * @param moving what a move means; empty when not known
 */
record LeakedRows(
        Missing lack,
        CatalogPartition fallback,
        Answers.Rows.Counted counted,
        Optional<Long> pages,
        Optional<Answers.Moving> moving) {

    /** What is written into the partition; empty when the rows are better left where they are. */
    Optional<List<Identifier>> columns() {
        return hindrance().isPresent() ? Optional.empty() : moving.map(Answers.Moving::columns);
    }

    /** Tells why the rows stay, and what can be done. */
    void tell(Findings findings) {
        TableName name = fallback.name();
        List<String> waysOut = new ArrayList<>(waysOut());
        waysOut.add(likely());
        findings.add(
                Severity.ERROR,
                ProblemCode.DEFAULT_HAS_ROWS,
                name + " holds " + count() + (counted.count() == 1 ? " that belongs into " : " that belong into ")
                        + lack.partition().name() + " (" + lack.partition().boundClause()
                        + "), so the partition cannot be attached; partita does not move "
                        + (counted.count() == 1 ? "it: " : "them: ")
                        + hindrance().orElse("nobody looked"),
                waysOut);
    }

    private String count() {
        return (counted.more() ? "more than " : "")
                + String.format("%,d", counted.count())
                + (counted.count() == 1 ? " row" : " rows");
    }

    private Optional<String> hindrance() {
        List<Hearer> hearers = moving.map(Answers.Moving::hearers).orElse(List.of());
        if (lack.again().isPresent()) {
            return Optional.of("the partition comes back with rows of its own");
        }
        if (fallback.tree().anyMatch(part -> part.kind() == RelationKind.FOREIGN)) {
            return Optional.of("they are in a foreign table");
        }
        if (!hearers.isEmpty()) {
            return Optional.of("a move is a DELETE to "
                    + hearers.get(0)
                            .kind()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' ')
                    + " " + hearers.get(0).name() + " on " + hearers.get(0).table()
                    + (hearers.size() > 1 ? " and " + (hearers.size() - 1) + " more" : ""));
        }
        if (counted.more()) {
            return Optional.of("everybody would wait too long");
        }
        if (pages.isEmpty() || moving.isEmpty()) {
            return Optional.of("its size is not known");
        }
        return pages.get() > TableSteps.SMALL_DEFAULT_PAGES
                ? Optional.of(String.format(
                        "attaching would scan all of it (%,d MiB) while everybody waits", pages.get() / 128))
                : Optional.empty();
    }

    private List<String> waysOut() {
        List<Hearer> hearers = moving.map(Answers.Moving::hearers).orElse(List.of());
        String statements = "(docs/reference/problems/default-has-rows.md has the statements)";
        if (hearers.isEmpty()) {
            List<String> ways = new ArrayList<>(List.of("drain them in a quiet hour " + statements));
            renaming().ifPresent(ways::add);
            return ways;
        }
        List<String> ways = new ArrayList<>();
        for (Hearer hearer : hearers) {
            switch (hearer.kind()) {
                case FOREIGN_KEY ->
                    ways.add("in one transaction: ALTER TABLE " + hearer.table() + " DROP CONSTRAINT " + hearer.name()
                            + "; make, fill and attach the partition; ALTER TABLE " + hearer.table()
                            + " ADD CONSTRAINT " + hearer.name() + " "
                            + hearer.definition().orElse("…")
                            + " NOT VALID. Afterwards: ALTER TABLE " + hearer.table() + " VALIDATE CONSTRAINT "
                            + hearer.name() + " " + statements);
                case TRIGGER ->
                    ways.add("in one transaction: ALTER TABLE " + hearer.table() + " DISABLE TRIGGER " + hearer.name()
                            + "; make, fill and attach the partition; ALTER TABLE " + hearer.table()
                            + " ENABLE TRIGGER " + hearer.name() + " " + statements);
                case RULE ->
                    ways.add("look at what rule " + hearer.name() + " on " + hearer.table()
                            + " does, and move them by hand");
            }
        }
        return ways;
    }

    /** Rows that nobody moves; partita does not do it, because until it is done DEFAULT refuses all other rows. */
    private Optional<String> renaming() {
        return fallback.kind() == RelationKind.TABLE && lack.again().isEmpty()
                ? Optional.of("or, if " + fallback.name()
                        + " holds nothing else: make it the partition, and an empty one DEFAULT"
                        + " (docs/reference/problems/default-has-rows.md#when-default-holds-nothing-else)")
                : Optional.empty();
    }

    /** Why they are there, as far as that can be guessed from where they lie. */
    private String likely() {
        if (!(lack.partition().bound() instanceof Range)) {
            return "most likely a value came before its partition was declared: declare values before they are used";
        }
        if (lack.future()) {
            return "they lie in the future: a clock is ahead, a date was mistyped, or ahead: is shorter than what the application writes";
        }
        return lack.reason().why() == Reason.Why.CURRENT || lack.reason().why() == Reason.Why.AHEAD
                ? "most likely the partition was not made in time: run apply every night, and raise ahead:"
                : "they lie in the past: nobody made the partition in its time, or a clock is behind";
    }
}
