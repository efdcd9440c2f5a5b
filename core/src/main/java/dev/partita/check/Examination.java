package dev.partita.check;

import dev.partita.catalog.CatalogIndex;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Drift;
import dev.partita.catalog.RelationKind;
import dev.partita.plan.Severity;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.table.PartitionKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at one table from all sides. */
final class Examination {

    /** Planner's belief and the sum of the leaves may differ by that much. */
    private static final double STALE = 0.2;

    private final CheckFacts facts;
    private final Thresholds thresholds;
    private final CatalogTable table;
    private final Notes notes;
    private final List<Branch> branches;

    Examination(CheckFacts facts, Thresholds thresholds, CatalogTable table) {
        this.facts = facts;
        this.thresholds = thresholds;
        this.table = table;
        this.notes = new Notes(table.name().sql());
        this.branches = facts.branches(table);
    }

    TableCheck result() {
        locked();
        Runway runway = new Horizon(facts, thresholds, table, notes).of(branches);
        Defaults defaults = new Defaults(facts, notes);
        Holes holes = new Holes(facts, table, notes);
        Volumes volumes = new Volumes(facts, thresholds, table, notes);
        for (Branch branch : branches) {
            holes.in(branch);
            defaults.in(branch);
            volumes.in(branch);
        }
        Budgets.of(table, facts, notes);
        keyFirst();
        statistics();
        maintainers();
        foreign();
        facts.role()
                .ifPresent(role -> Rights.of(
                        table,
                        Identifier.of(facts.catalog().server().identity().database())
                                .sql(),
                        role,
                        notes));
        List<Drift> drift = new Siblings(facts, branches).drift();
        DriftNotes.write(drift, table.leaves().count(), notes);
        return new TableCheck(
                table.name(),
                table.key().orElseThrow(),
                (int) table.leaves().count(),
                table.leaves().mapToLong(CatalogPartition::pages).sum()
                        * facts.limits().blockSize(),
                table.estimatedRows(),
                runway,
                defaults.leaked(),
                drift,
                notes.all());
    }

    /** Nobody's lock is waited for, so something may be unknown. */
    private void locked() {
        String holders = Stream.concat(Stream.of(table.oid()), table.tree().map(CatalogPartition::oid))
                .flatMap(oid -> Optional.ofNullable(facts.holders().get(oid)).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        table.unreadable()
                .ifPresent(why -> notes.warning(
                        holders.isEmpty() ? ProblemCode.PRIVILEGE_MISSING : ProblemCode.TABLE_LOCKED,
                        "unknown is " + why + (holders.isEmpty() ? "" : "; locked by " + holders),
                        holders.isEmpty() ? "look as a role that may read it" : "try again when the lock is gone"));
    }

    /** With the partition key before the id, a lookup by id alone cannot use the primary key. */
    private void keyFirst() {
        Optional<Identifier> key = table.key().flatMap(PartitionKey::singleColumn);
        for (CatalogIndex index : table.indexes()) {
            List<Identifier> columns = index.columns();
            boolean leads = index.kind() == CatalogIndex.Kind.PRIMARY_KEY
                    && columns.size() > 1
                    && key.equals(Optional.of(columns.get(0)));
            if (leads && !findable(columns.get(1))) {
                notes.info(
                        ProblemCode.PRIMARY_KEY_LED_BY_PARTITION_KEY,
                        "its primary key " + words(columns) + " begins with the partition key, so a search by "
                                + columns.get(1).sql() + " alone reads all partitions from end to end",
                        "put the partition key last when the table is next made: PRIMARY KEY "
                                + words(Stream.concat(
                                                columns.stream().skip(1),
                                                columns.stream().limit(1))
                                        .toList()),
                        "or add an index on " + columns.get(1).sql());
            }
        }
    }

    private boolean findable(Identifier column) {
        return table.indexes().stream()
                .anyMatch(index -> index.valid()
                        && !index.partial()
                        && !index.parts().isEmpty()
                        && index.parts().get(0).column().equals(Optional.of(column)));
    }

    private static String words(List<Identifier> columns) {
        return columns.stream().map(Identifier::sql).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Autovacuum analyzes leaves and never their parents, though the planner asks the parent. */
    private void statistics() {
        double rows = table.estimatedRows();
        double believed = Optional.ofNullable(facts.relations().get(table.oid()))
                .map(Relation::estimatedRows)
                .orElse(-1d);
        if (rows <= 0) {
            return;
        }
        if (believed < 0) {
            notes.warning(
                    ProblemCode.STATISTICS_STALE,
                    "nobody has ever analyzed the table as a whole, so the planner guesses; autovacuum does it for"
                            + " partitions only",
                    analyze());
        } else if (Math.abs(rows - believed) > STALE * Math.max(rows, believed)) {
            notes.warning(
                    ProblemCode.STATISTICS_STALE,
                    "the planner believes in " + Math.round(believed) + " rows, and its partitions hold about "
                            + Math.round(rows) + "; autovacuum does not analyze the table as a whole",
                    analyze());
        }
    }

    private String analyze() {
        String only = facts.catalog().server().major() >= 18 ? "ONLY " : "";
        return "ANALYZE " + only + table.name().sql() + ", every now and then";
    }

    private void maintainers() {
        if (table.managedByPartman()) {
            boolean both = !table.detached().isEmpty()
                    || facts.catalog().server().stateSchema().isPresent();
            notes.add(
                    both ? Severity.WARNING : Severity.INFO,
                    ProblemCode.MANAGED_BY_PG_PARTMAN,
                    "pg_partman maintains it" + (both ? ", and partita is at work in this database as well" : ""),
                    both
                            ? "let one of them maintain it: two undo each other's work"
                            : "see that its maintenance runs: SELECT * FROM part_config");
        }
    }

    private void foreign() {
        List<String> tables = table.leaves()
                .filter(leaf -> leaf.kind() == RelationKind.FOREIGN)
                .map(leaf -> leaf.name().name().sql())
                .toList();
        if (!tables.isEmpty()) {
            notes.info(
                    ProblemCode.FOREIGN_PARTITION,
                    Notes.some(tables) + ": foreign tables are counted, and not looked into",
                    "nothing, if that is meant");
        }
    }
}
