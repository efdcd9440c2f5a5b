package dev.partita.check;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Optional;

/** What many partitions cost, against what the server was started with. */
final class Budgets {

    /** Ten such queries at a time must not fill the table of locks. */
    private static final double LOCK_SHARE = 0.1;

    /** About what the planner needs for a table or an index that a query does not prune, by measurement: 25 µs. */
    private static final double PLANNING_MILLIS = 0.025;

    /** Longer than that every statement feels it. */
    private static final double MOST_PLANNING_MILLIS = 100;

    private Budgets() {}

    static void of(CatalogTable table, CheckFacts facts, Notes notes) {
        long locks = locks(table, facts);
        long budget = facts.limits().locks();
        if (locks > budget * LOCK_SHARE) {
            notes.add(
                    locks > budget ? Severity.ERROR : Severity.WARNING,
                    ProblemCode.LOCK_BUDGET_SHORT,
                    "a query without the partition key takes " + locks + " locks, "
                            + (locks > budget
                                    ? "more than the " + budget + " that the server's table of locks is made for"
                                    : Math.round(100d * locks / budget) + " % of the " + budget
                                            + " that the server's table of locks is made for"),
                    "put the key into the queries that lack it",
                    "raise max_locks_per_transaction (" + facts.limits().locksPerTransaction()
                            + " now; needs a restart)",
                    "choose a wider period for new partitions");
        }
        if (locks * PLANNING_MILLIS > MOST_PLANNING_MILLIS) {
            notes.warning(
                    ProblemCode.PLANNING_BUDGET_SHORT,
                    "a query without the partition key plans for about " + Math.round(locks * PLANNING_MILLIS)
                            + " ms, because it looks at " + locks + " tables and indexes",
                    "put the key into the queries that lack it, as a constant or a parameter of the key's own type",
                    "choose a wider period for new partitions, or fewer indexes");
        }
    }

    /** The table, its branches and leaves, and all their indexes. */
    static long locks(CatalogTable table, CheckFacts facts) {
        return 1
                + indexes(table.oid(), facts)
                + table.tree()
                        .mapToLong(CatalogPartition::oid)
                        .map(oid -> 1 + indexes(oid, facts))
                        .sum();
    }

    private static long indexes(long oid, CheckFacts facts) {
        return Optional.ofNullable(facts.relations().get(oid))
                .map(Relation::indexes)
                .orElse(0);
    }

    static List<Finding> ofDatabase(CheckFacts facts) {
        Notes notes = new Notes("database "
                + Identifier.of(facts.catalog().server().identity().database()).sql());
        long budget = facts.limits().locks();
        long tables = facts.limits().tables();
        if (tables > budget) {
            notes.warning(
                    ProblemCode.LOCK_BUDGET_SHORT,
                    "pg_dump locks all " + tables + " tables in one transaction, more than the " + budget
                            + " that the server's table of locks is made for",
                    "raise max_locks_per_transaction (" + facts.limits().locksPerTransaction()
                            + " now; needs a restart)");
        }
        facts.role()
                .filter(role -> !role.exists())
                .ifPresent(role -> notes.error(
                        ProblemCode.ROLE_LACKS_PRIVILEGE,
                        "there is no role " + role.role().sql(),
                        "CREATE ROLE " + role.role().sql() + " LOGIN NOINHERIT"));
        return notes.all();
    }
}
