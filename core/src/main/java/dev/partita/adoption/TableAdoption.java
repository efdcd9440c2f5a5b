package dev.partita.adoption;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import dev.partita.plan.Finding;
import dev.partita.plan.Planner;
import dev.partita.plan.Severity;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.sql.Identifier;
import dev.partita.step.Step;
import dev.partita.table.PartitionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the declaration of one table, and then lets the planner say whether it leaves the table as it is. */
final class TableAdoption {

    private final CatalogTable table;
    private final Catalog catalog;
    private final Instant now;
    private final List<String> remarks = new ArrayList<>();

    private TableAdoption(CatalogTable table, Catalog catalog, Instant now) {
        this.table = table;
        this.catalog = catalog;
        this.now = now;
    }

    static AdoptedTable of(CatalogTable table, Catalog catalog, Instant now) {
        TableAdoption adoption = new TableAdoption(table, catalog, now);
        Optional<TableDeclaration> declaration = adoption.declaration();
        declaration.ifPresent(adoption::tryOut);
        return new AdoptedTable(table.name(), declaration, adoption.remarks);
    }

    static AdoptedTable untried(CatalogTable table, Catalog catalog, Instant now) {
        TableAdoption adoption = new TableAdoption(table, catalog, now);
        return new AdoptedTable(table.name(), adoption.declaration(), adoption.remarks);
    }

    private Optional<TableDeclaration> declaration() {
        if (table.unreadable().isPresent()) {
            remarks.add("Left out: it could not be read, " + table.unreadable().get() + ".");
            return Optional.empty();
        }
        try {
            return scheme(
                            table.key().orElseThrow(),
                            List.of(new Siblings(table.name().name(), table.partitions())),
                            0)
                    .map(scheme -> TableDeclaration.of(table.name(), scheme).withLeaf(leaf()));
        } catch (NotDeclarable e) {
            remarks.add("Left out: " + e.getMessage() + ".");
        } catch (PartitaException e) {
            remarks.add("Left out: " + e.problems().get(0).message() + ".");
        }
        return Optional.empty();
    }

    /**
     * The scheme of a level.
     *
     * @param key of the relations on this level
     * @param sets the partitions of each relation on this level, newest last
     * @param depth 0 for the table itself
     */
    private Optional<Scheme> scheme(PartitionKey key, List<Siblings> sets, int depth) {
        if (key.singleColumn().isEmpty()) {
            throw new NotDeclarable("it is partitioned by " + key
                    + (depth == 0 ? "" : " below its first level")
                    + "; keys of several columns and of expressions are read and not managed. Its partitions have to be"
                    + " made as they are now");
        }
        LevelAdoption level = new LevelAdoption(table, key, sets, now, remarks);
        Optional<Scheme> below = below(sets, depth);
        return Optional.of(level.scheme()).map(scheme -> below.isPresent() ? scheme.thenBy(below.get()) : scheme);
    }

    /** The next level, as the newest divided partition has it. */
    private Optional<Scheme> below(List<Siblings> sets, int depth) {
        List<CatalogPartition> divided = sets.stream()
                .flatMap(set -> set.partitions().stream())
                .filter(partition -> partition.key().isPresent() && !partition.detachPending())
                .sorted(LevelAdoption.BY_LOWER_LIMIT)
                .toList();
        if (divided.isEmpty()) {
            return Optional.empty();
        }
        PartitionKey key = divided.get(divided.size() - 1).key().orElseThrow();
        List<CatalogPartition> alike = divided.stream()
                .filter(partition -> partition.key().equals(Optional.of(key)))
                .toList();
        if (alike.size() < divided.size()) {
            remarks.add("Partitions are divided in different ways; new ones follow " + key + ", as the newest do.");
        }
        return scheme(key, alike.stream().map(Siblings::of).toList(), depth + 1);
    }

    /** Options that every leaf has. */
    private LeafOptions leaf() {
        List<CatalogPartition> leaves =
                table.leaves().filter(leaf -> leaf.kind() == RelationKind.TABLE).toList();
        if (leaves.isEmpty()) {
            return LeafOptions.NONE;
        }
        Map<String, String> common = new HashMap<>(leaves.get(0).options());
        leaves.forEach(leaf -> common.entrySet().retainAll(leaf.options().entrySet()));
        LeafOptions options = LeafOptions.NONE;
        for (Map.Entry<String, String> option : common.entrySet()) {
            options = with(options, option);
        }
        Optional<Identifier> tablespace = leaves.get(0).tablespace();
        boolean shared = tablespace.isPresent()
                && !tablespace.equals(table.likeness().tablespace())
                && leaves.stream().allMatch(leaf -> leaf.tablespace().equals(tablespace));
        return shared ? options.in(tablespace.orElseThrow()) : options;
    }

    private LeafOptions with(LeafOptions options, Map.Entry<String, String> option) {
        try {
            return options.with(option.getKey(), option.getValue());
        } catch (PartitaException e) {
            remarks.add("The partitions have " + option.getKey() + " = " + option.getValue()
                    + ", which is not taken over: new ones will not have it.");
            return options;
        }
    }

    /** What the planner says to the declaration goes with it. */
    private void tryOut(TableDeclaration declaration) {
        TablePlan plan = Planner.plan(Declarations.of(declaration), catalog, now)
                .tables()
                .get(0);
        for (Finding finding : plan.findings()) {
            if (finding.severity() != Severity.INFO) {
                remarks.add(finding.problem().code() + ": "
                        + finding.problem().message() + ". "
                        + finding.problem().waysOut().stream()
                                .map(wayOut -> "Way out: " + wayOut + ".")
                                .collect(Collectors.joining(" ")));
            }
        }
        if (!plan.steps().isEmpty()) {
            remarks.add("This declaration is not all there is: apply would "
                    + plan.steps().stream().map(TableAdoption::words).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static String words(Step step) {
        return step.words() + " " + step.relation().name();
    }
}
