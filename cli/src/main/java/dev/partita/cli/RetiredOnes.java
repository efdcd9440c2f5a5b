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

/** Retired partitions that somebody names. */
final class RetiredOnes {

    private RetiredOnes() {}

    /** As people write them in SQL. */
    static Set<TableName> named(List<String> partitions) {
        return partitions.stream().map(DeclarationOptions::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Nothing but what was asked for, on the tables that it concerns.
     *
     * @param kind what is done to each of them
     * @param orElse why one may be missing that is a retired partition
     * @throws PartitaException if there is one to which it cannot be done
     */
    static Plan only(Plan plan, Set<TableName> names, Class<? extends Step> kind, String... orElse) {
        Plan only = plan.only((Step step) -> kind.isInstance(step) && names.contains(step.relation()));
        Set<TableName> found = only.steps().map(Step::relation).collect(Collectors.toSet());
        List<Problem> missing = names.stream()
                .filter(name -> !found.contains(name))
                .map(name -> unknown(name, orElse))
                .toList();
        if (!missing.isEmpty()) {
            throw new PartitaException(missing);
        }
        return only.only(only.steps().map(Step::table).collect(Collectors.toSet()));
    }

    private static Problem unknown(TableName name, String... orElse) {
        List<String> waysOut = new java.util.ArrayList<>(List.of("partita status names those that are retired"));
        waysOut.addAll(List.of(orElse));
        return new Problem(
                ProblemCode.RETIRED_UNKNOWN, name.sql(), "is no retired partition of a declared table here", waysOut);
    }
}
