package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.story.Killing.Boundaries;
import dev.partita.execution.Outcome;
import dev.partita.execution.Patience;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.TablePlan;
import dev.partita.problem.PartitaException;
import dev.partita.report.Heading;
import dev.partita.report.PlanScript;
import dev.partita.step.Exclusion;
import dev.partita.step.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What has to be true of every chapter in which partita changes something, whatever the story expects. */
final class Proofs {

    /** More kills than this tell nothing new about a plan whose steps are all alike. */
    private static final int MOST_KILLS = Boolean.getBoolean("partita.cases.thorough") ? 48 : 24;

    private final Supplier<Telling> replay;
    private final Boundaries boundaries;
    private final String before;
    private final Set<String> states = new HashSet<>();

    /**
     * @param replay tells the story again, in a new database, up to the moment before partita acts
     * @param boundaries where to kill
     * @param before the catalog in that moment
     */
    Proofs(Supplier<Telling> replay, Boundaries boundaries, String before) {
        this.replay = replay;
        this.boundaries = boundaries;
        this.before = before;
        states.addAll(tables(before));
    }

    /** Takes down the catalog after each step: where a kill leaves a table, it must have come by on a whole run. */
    RunListener witness(Telling telling) {
        return new RunListener() {
            @Override
            public void finished(Step step, Outcome outcome) {
                states.addAll(tables(telling.catalog()));
            }
        };
    }

    /** All of them. */
    void hold(String after) {
        whatIsPrintedIsWhatIsExecuted(after);
        aPlanIsRefusedWhenTheTableHasMoved();
        if (boundaries != Boundaries.NONE) {
            killedAnywhereAndRunAgainItEndsTheSame(after);
        }
    }

    private void whatIsPrintedIsWhatIsExecuted(String after) {
        try (Telling telling = replay.get()) {
            Plan plan = telling.plan();
            String script = PlanScript.of(plan, new Heading("test", "a story"), Patience.KIND, false);
            telling.database().execute(script);
            assertThat(telling.catalog())
                    .as("the catalog after the printed script, executed by a plain connection:\n%s", script)
                    .isEqualTo(after);
        }
    }

    private void aPlanIsRefusedWhenTheTableHasMoved() {
        try (Telling telling = replay.get()) {
            Plan plan = telling.plan();
            Optional<TablePlan> moved = plan.tables().stream()
                    .filter(table -> table.oid() != 0 && !table.steps().isEmpty())
                    .findFirst();
            if (moved.isEmpty()) {
                return;
            }
            telling.database()
                    .executeAsSuperuser("ALTER TABLE " + moved.get().name().sql() + " ADD COLUMN moved_on integer");
            Run run = telling.run(plan, RunListener.NONE);
            List<Step> steps = moved.get().steps();
            assertThat(run.steps())
                    .as("what became of a plan whose table has got a column since")
                    .filteredOn(executed -> steps.contains(executed.step()))
                    .noneMatch(executed -> executed.outcome().done())
                    .anyMatch(executed -> executed.outcome() instanceof Outcome.Moved);
        }
    }

    private void killedAnywhereAndRunAgainItEndsTheSame(String after) {
        try (Telling telling = replay.get()) {
            Plan plan = telling.plan();
            int stride = Math.max(1, (int) plan.steps().count() * perStep() / MOST_KILLS);
            long fewest = plan.steps().count();
            String found = before;
            for (int boundary = 1; ; boundary += stride) {
                Killing killing = Killing.at(boundary, boundaries, telling);
                attempt(telling, plan, killing);
                if (killing.killed().isEmpty()) {
                    break;
                }
                String left = telling.catalog();
                if (!states.containsAll(tables(left))) {
                    throw new AssertionError("killed " + killing.killed().get() + ", at boundary " + boundary
                            + " of a run, it leaves what no whole run comes by:\n" + left);
                }
                // A plan of which nothing came through is still the plan.
                if (!left.equals(found)) {
                    found = left;
                    plan = telling.plan();
                }
                if (plan.steps().count() < fewest) {
                    fewest = plan.steps().count();
                    boundary = 1 - stride;
                }
            }
            telling.apply();
            assertThat(telling.catalog())
                    .as("the catalog after being killed again and again, and run again")
                    .isEqualTo(after);
        }
    }

    /** Without promises about DEFAULT: after a kill they are taken back first, and made anew for what is then still missing. */
    private static List<String> tables(String catalog) {
        return CatalogText.tables(catalog).stream()
                .map(table -> table.lines()
                        .filter(line -> !line.contains(Exclusion.PREFIX))
                        .collect(Collectors.joining("\n")))
                .toList();
    }

    private int perStep() {
        return boundaries == Boundaries.ALL ? 8 : 2;
    }

    private static void attempt(Telling telling, Plan plan, Killing killing) {
        try {
            telling.run(plan, killing.dataSource(), RunListener.NONE);
        } catch (PartitaException | Telling.BrokenOff e) {
            if (killing.killed().isEmpty()) {
                throw e;
            }
        }
    }
}
