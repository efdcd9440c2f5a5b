package dev.partita.plan;

import dev.partita.catalog.Server;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
}
