package dev.partita.plan;

import dev.partita.catalog.Server;
import dev.partita.step.AttachAgain;
import dev.partita.step.CreatePartition;
import dev.partita.step.NewPartition;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What has to happen, as a value: it can be printed, compared, stored, shown to a colleague, refused.
 *
 * @param now the instant it was made for
 * @param server the server and database it was made for
 * @param tables in the declared order
 */
public record Plan(Instant now, Server server, List<TablePlan> tables) {

    public Plan {
        tables = List.copyOf(tables);
    }

    /** All steps in the order in which they run. */
    public Stream<Step> steps() {
        return tables.stream().flatMap(table -> table.steps().stream());
    }

    /** Whether nothing has to happen; findings may still ask for a person. */
    public boolean isEmpty() {
        return steps().findAny().isEmpty();
    }

    public Optional<TablePlan> table(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    public boolean has(Severity severity) {
        return tables.stream().anyMatch(table -> table.has(severity));
    }

    /** The same plan for some of its tables; findings stay with their tables. */
    public Plan only(Collection<TableName> names) {
        return new Plan(
                now,
                server,
                tables.stream().filter(table -> names.contains(table.name())).toList());
    }

    /** The same plan with what builds indexes alone, on partitions that are there without it. */
    public Plan onlyIndexes() {
        Set<TableName> without = new HashSet<>();
        steps().forEach(step -> {
            if (step instanceof CreatePartition create) {
                create.partition().tree().map(NewPartition::name).forEach(without::add);
            } else if (step instanceof AttachAgain || !Collections.disjoint(step.needs(), without)) {
                without.addAll(step.relations());
            }
        });
        return only((Step step) -> step.builds() && Collections.disjoint(step.needs(), without));
    }

    /** The same plan with some of its steps; those that need each other have to be kept or left together. */
    public Plan only(Predicate<Step> kept) {
        return new Plan(
                now, server, tables.stream().map(table -> table.only(kept)).toList());
    }
}
