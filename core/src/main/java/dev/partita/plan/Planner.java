package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Fingerprint;
import dev.partita.catalog.Questions;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.TableDeclaration;
import dev.partita.step.NewPartition;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what has to happen. A function of its arguments: the same facts give the same plan. */
public final class Planner {

    private Planner() {}

    /** What has to be looked up before {@link #plan} can decide; empty when nothing is missing. */
    public static Questions questions(Declarations declarations, Catalog catalog, Instant now, Request request) {
        Set<TableName> names = new HashSet<>();
        List<Questions.DefaultRows> defaults = new ArrayList<>();
        Questions retired = Questions.NONE;
        for (TableDeclaration declaration : declarations.tables()) {
            Draft draft = draft(declaration, catalog, now, request);
            draft.missing().stream()
                    .filter(lack -> lack.again().isEmpty())
                    .forEach(lack ->
                            lack.partition().tree().map(NewPartition::name).forEach(names::add));
            defaults.addAll(TableSteps.questions(draft.missing()));
            if (draft.plannable()) {
                CatalogTable table = draft.table().orElseThrow();
                retired = retired.and(new Retirement(draft, table, catalog, request, now).questions())
                        .and(new Adopting(draft, table, catalog, request, now).questions())
                        .and(new Indexing(draft, table, catalog, Set.of()).questions())
                        .and(new Repairs(draft, table, catalog, request).questions());
            }
        }
        return retired.and(Questions.aboutMissing(names, defaults));
    }

    /** What has to happen for the declarations. */
    public static Plan plan(Declarations declarations, Catalog catalog, Instant now) {
        return plan(declarations, catalog, now, Request.NONE);
    }

    /**
     * What has to happen.
     *
     * @param declarations what is wanted
     * @param catalog what is there, with the answers to {@link #questions}
     * @param now the present, from the database's clock
     * @param request what somebody asks for besides
     */
    public static Plan plan(Declarations declarations, Catalog catalog, Instant now, Request request) {
        Set<TableName> planned = new HashSet<>();
        List<TablePlan> tables = declarations.tables().stream()
                .map(declaration -> plan(draft(declaration, catalog, now, request), catalog, now, request, planned))
                .toList();
        return new Plan(now, catalog.server(), tables);
    }

    private static Draft draft(TableDeclaration declaration, Catalog catalog, Instant now, Request request) {
        List<Window> own = request.windows().stream()
                .filter(window -> window.table().equals(declaration.name()))
                .toList();
        return Draft.of(declaration, catalog, now, request.with(own));
    }

    private static TablePlan plan(Draft draft, Catalog catalog, Instant now, Request request, Set<TableName> planned) {
        Optional<CatalogTable> table = draft.table();
        List<Step> steps = new ArrayList<>();
        Retirement.Decision retiring = Retirement.Decision.NONE;
        List<Missing> made = List.of();
        if (table.isPresent() && draft.plannable()) {
            TableSteps tableSteps = new TableSteps(draft, table.get(), catalog, planned);
            steps.addAll(tableSteps.steps());
            made = tableSteps.made();
            steps.addAll(new Adopting(draft, table.get(), catalog, request, now).steps());
            retiring = new Retirement(draft, table.get(), catalog, request, now).decision();
            steps.addAll(new Repairs(draft, table.get(), catalog, request).steps(leaving(retiring.steps())));
            steps.addAll(retiring.steps());
            steps.addAll(new Indexing(draft, table.get(), catalog, planned).steps(made, leaving(steps)));
            // In the order in which they run.
            steps.sort(Comparator.comparing(Step::takesLong));
        }
        boolean exists = table.isPresent() && !table.get().rehearsed();
        return new TablePlan(
                draft.declaration(),
                exists ? table.get().oid() : 0,
                exists ? Optional.of(table.get().likeness().owner()) : Optional.empty(),
                exists ? table.get().fingerprint() : Fingerprint.ABSENT,
                table.flatMap(CatalogTable::key),
                table.flatMap(CatalogTable::cursor),
                draft.coverage(made),
                retiring.keeps(),
                retiring.outlook(),
                retiring.remembered(),
                steps,
                draft.findings().all());
    }

    /** What is taken out needs no index any more. */
    private static Set<TableName> leaving(List<Step> steps) {
        return steps.stream()
                .filter(Step::retires)
                .flatMap(step -> step.relations().stream())
                .collect(Collectors.toSet());
    }
}
