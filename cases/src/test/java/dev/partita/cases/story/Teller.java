package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.cases.story.Killing.Boundaries;
import dev.partita.cases.story.Section.Kind;
import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.plan.Severity;
import dev.partita.step.Step;
import dev.partita.test.LockRecorder;
import dev.partita.test.LockRecorder.Transaction;
import dev.partita.test.Majors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells one story to one major and writes down what was seen; what has to hold for every story is checked on the way. */
final class Teller {

    private final Story story;
    private final int major;
    private final List<Chapter> chapters;

    Teller(Story story, int major) {
        this.story = story;
        this.major = major;
        this.chapters = Chapter.of(story);
    }

    /** The story with what was seen in the place of what was expected. */
    Story tell() {
        List<Section> seen = new ArrayList<>();
        Telling telling = open();
        try (telling) {
            for (int number = 0; number < chapters.size(); number++) {
                Chapter chapter = chapters.get(number);
                telling.set(chapter);
                seen.addAll(chapter.scene());
                List<Section> told = chapter.tells(Kind.REFUSAL) ? refused(chapter, telling) : told(number, telling);
                told.forEach(section -> seen.add(section.withBody(anywhere(section.body(), telling))));
            }
        } catch (AssertionError | RuntimeException e) {
            e.addSuppressed(new IllegalStateException("in " + telling.database()));
            throw e;
        }
        return story.withSections(seen);
    }

    /** Databases are numbered; to a story they are all the same. */
    private static String anywhere(String text, Telling telling) {
        return text.replaceAll("\\b" + telling.database().name() + "\\b", "shop");
    }

    private Telling open() {
        long seed = Long.getLong("partita.test.seed", 0) ^ story.name().hashCode() ^ (long) major << 40;
        return new Telling(Stage.of(major).database(seed));
    }

    /** The story up to the moment before partita acts in a chapter. */
    private Telling replay(int number) {
        Telling telling = open();
        try {
            for (int before = 0; before < number; before++) {
                telling.set(chapters.get(before));
                if (telling.misdeclared().isEmpty() && chapters.get(before).tells(Kind.PLAN)) {
                    telling.run(telling.plan(), RunListener.NONE);
                }
            }
            telling.set(chapters.get(number));
        } catch (RuntimeException | AssertionError e) {
            telling.close();
            throw e;
        }
        return telling;
    }

    private List<Section> told(int number, Telling telling) {
        Chapter chapter = chapters.get(number);
        assertThat(telling.misdeclared()).as("problems of the declaration").isEmpty();
        if (!chapter.tells(Kind.PLAN)) {
            return chapter.told().stream()
                    .map(section -> section.withBody(look(section, telling)))
                    .toList();
        }
        Plan plan = telling.plan();
        String before = plan.isEmpty() ? telling.traces() : "";
        Optional<Proofs> proofs = telling.disturbed()
                ? Optional.empty()
                : Optional.of(new Proofs(() -> replay(number), boundaries(), telling.catalog()));
        LockRecorder recorder = LockRecorder.around(telling.partita());
        Run run = telling.run(
                plan,
                recorder.dataSource(),
                proofs.map(proof -> proof.witness(telling)).orElse(RunListener.NONE));
        if (!chapter.tells(Kind.RUN)) {
            assertThat(run.complete())
                    .as("all steps done:\n%s", RunText.of(run))
                    .isTrue();
        }
        if (run.complete() && !telling.disturbed()) {
            locksAreAsSaid(plan, StepLocks.ofSteps(recorder));
        }
        if (plan.isEmpty()) {
            assertThat(telling.traces())
                    .as("traces in the catalog of a run with nothing to do")
                    .isEqualTo(before);
        }
        Plan again = telling.plan();
        runningTwiceChangesNothing(chapter, run, again, telling);
        telling.endMeanwhile();
        String after = telling.catalog();
        List<Section> seen = chapter.told().stream()
                .map(section -> section.withBody(
                        switch (section.kind()) {
                            case PLAN -> PlanText.of(plan);
                            case SQL -> sql(plan);
                            case RUN -> RunText.of(run);
                            case AFTER -> after;
                            case REMAINS -> PlanText.of(again);
                            default -> look(section, telling);
                        }))
                .toList();
        if (!plan.isEmpty() && run.complete() && !chapter.tells(Kind.REMAINS)) {
            proofs.ifPresent(proof -> proof.hold(after));
        }
        return seen;
    }

    private static void locksAreAsSaid(Plan plan, List<Transaction> transactions) {
        List<Step> steps = plan.steps().filter(Step::transactional).toList();
        assertThat(transactions.size())
                .as("one transaction for each step that shares one")
                .isEqualTo(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            StepLocks.of(steps.get(i), transactions.get(i)).mustBeAsSaid();
        }
    }

    private static void runningTwiceChangesNothing(Chapter chapter, Run run, Plan again, Telling telling) {
        if (!run.complete()) {
            return;
        }
        if (!chapter.tells(Kind.REMAINS)) {
            assertThat(again.isEmpty())
                    .as("nothing to do after a complete run, but:\n%s", PlanText.of(again))
                    .isTrue();
        }
        if (again.isEmpty()) {
            String traces = telling.traces();
            telling.run(again, RunListener.NONE);
            telling.apply();
            assertThat(telling.traces())
                    .as("traces in the catalog of running twice")
                    .isEqualTo(traces);
        }
    }

    /** A refusal changes nothing, and says why. */
    private static List<Section> refused(Chapter chapter, Telling telling) {
        String before = telling.traces();
        String refusal = refusal(telling);
        assertThat(telling.traces())
                .as("traces in the catalog of a refusal:\n%s", refusal)
                .isEqualTo(before);
        telling.endMeanwhile();
        return chapter.told().stream()
                .map(section -> section.withBody(section.kind() == Kind.REFUSAL ? refusal : look(section, telling)))
                .toList();
    }

    private static String refusal(Telling telling) {
        if (!telling.misdeclared().isEmpty()) {
            return PlanText.of(telling.misdeclared());
        }
        Plan plan = telling.plan();
        Run run = telling.run(plan, RunListener.NONE);
        assertThat(plan.has(Severity.ERROR) || !run.complete())
                .as("an error, or a step that failed:\n%s", PlanText.of(plan))
                .isTrue();
        return PlanText.of(plan) + (plan.isEmpty() ? "" : "\n" + RunText.of(run));
    }

    private static String look(Section section, Telling telling) {
        return switch (section.kind()) {
            case AFTER -> telling.catalog();
            case QUERY -> query(section, telling);
            default ->
                throw new IllegalArgumentException(
                        "no plan to tell " + section.kind().word() + " of");
        };
    }

    private static String query(Section section, Telling telling) {
        String sql =
                section.body().lines().takeWhile(line -> !line.equals("----")).collect(Collectors.joining("\n"));
        return (sql + "\n----\n" + telling.rows(section.role(), sql)).stripTrailing();
    }

    private static String sql(Plan plan) {
        return plan.steps()
                .map(step -> "-- " + PlanText.of(step) + "\n"
                        + step.script().stream()
                                .map(statement -> withoutIdentity(statement.sql()) + ";")
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }

    /** A marker names an identity and a database that are others in each telling. */
    private static String withoutIdentity(String sql) {
        return sql.replaceAll("oid (= )?\\d+ ", "oid $1N ")
                .replaceAll("'\\d+''::oid", "'N''::oid")
                .replaceAll("\\bshop\\w*@\\d+", "here");
    }

    /** Every statement on one major, drawn by the story's name, and the commits on the two after it. */
    private Boundaries boundaries() {
        List<Integer> majors = Majors.selected().stream().filter(story::toldTo).toList();
        int drawn = story.name().hashCode() + Integer.getInteger("partita.test.seed", 0);
        int after = Math.floorMod(majors.indexOf(major) - drawn, majors.size());
        if (after == 0 || Boolean.getBoolean("partita.cases.thorough")) {
            return Boundaries.ALL;
        }
        return after <= 2 ? Boundaries.COMMITS : Boundaries.NONE;
    }
}
