package dev.partita.execution;

import dev.partita.problem.Problem;
import dev.partita.step.MarkPartitions;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What listeners say to the changes of one table: about each they are asked once, and told once. */
final class Consents {

    private final Listeners listeners;
    private final List<Step> steps;
    private final Map<Subject, Optional<Problem>> answers = new HashMap<>();
    private final Set<Subject> told = new HashSet<>();

    /** A change, however a run comes to it. */
    private record Subject(Change.Kind kind, TableName partition) {
        static Subject of(Change change) {
            return new Subject(change.kind(), change.partition());
        }
    }

    /**
     * Nobody has been asked yet.
     *
     * @param steps all of the table, in order
     */
    Consents(Listeners listeners, List<Step> steps) {
        this.listeners = listeners;
        this.steps = steps;
    }

    /** Asks about what has not been asked yet; gives what must not happen. */
    List<Problem> vetoes(Step step) {
        List<Problem> vetoes = new ArrayList<>();
        for (Change change : Change.of(step)) {
            answers.computeIfAbsent(Subject.of(change), subject -> listeners.before(change))
                    .ifPresent(vetoes::add);
        }
        return vetoes;
    }

    /** What is left of a step; empty if nothing is. */
    Optional<Step> agreed(Step step) {
        return step instanceof MarkPartitions marks
                ? marks.without(Change.of(step).stream()
                                .filter(change -> answers.getOrDefault(Subject.of(change), Optional.empty())
                                        .isPresent())
                                .map(Change::partition)
                                .collect(Collectors.toSet()))
                        .map(Step.class::cast)
                : Optional.empty();
    }

    /** Tells about what has come to its end with this step. */
    void ended(Step step, Outcome outcome) {
        List<Step> later = steps.subList(steps.indexOf(step) + 1, steps.size());
        for (Change change : Change.of(step)) {
            boolean last =
                    later.stream().flatMap(other -> Change.of(other).stream()).noneMatch(change::same);
            if (answers.containsKey(Subject.of(change)) && (last || !outcome.done()) && told.add(Subject.of(change))) {
                listeners.after(change, outcome);
            }
        }
    }
}
