package dev.partita.cli;

import dev.partita.plan.Plan;
import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Partitions that somebody names. */
final class Named {

    private Named() {}

    /** As people write them in SQL. */
    static Set<TableName> in(List<String> partitions) {
        return partitions.stream().map(DeclarationOptions::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Nothing but what was asked for, on the tables that it concerns.
     *
     * @param kind what is done to each of them
     * @param message what is wrong with a name to which it cannot be done
     * @param waysOut what can be done about it
     * @throws PartitaException if there is one to which it cannot be done
     */
    static Plan only(Plan plan, Set<TableName> names, Class<? extends Step> kind, String message, String... waysOut) {
        Plan only = plan.only((Step step) -> kind.isInstance(step) && names.contains(step.relation()));
        Set<TableName> found = only.steps().map(Step::relation).collect(Collectors.toSet());
        List<Problem> missing = names.stream()
                .filter(name -> !found.contains(name))
                .map(name -> Problem.of(ProblemCode.RETIRED_UNKNOWN, name.sql(), message, waysOut))
                .toList();
        if (!missing.isEmpty()) {
            throw new PartitaException(missing);
        }
        return only.only(only.steps().map(Step::table).collect(Collectors.toSet()));
    }
}
