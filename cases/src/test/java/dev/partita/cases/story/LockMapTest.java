package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.step.Step;
import dev.partita.test.Fault;
import dev.partita.test.LockRecorder;
import dev.partita.test.LockRecorder.Transaction;
import dev.partita.test.Majors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The locks that each kind of step takes on each major, kept as a golden file: the one promise to the application that no
 * document of PostgreSQL makes for us. That steps say the same is proved for every story.
 */
class LockMapTest {

    private static final Path MAP = Path.of("src/test/resources/locks/lock-map.txt");
    private static final Path SCENE = Path.of("src/test/resources/locks/scene.case");

    @Test
    @Fault(67)
    void eachKindOfStepTakesTheLocksThatTheMapSays() throws IOException {
        Story scene = Story.read(SCENE);
        String expected = Files.exists(MAP) ? Files.readString(MAP).stripTrailing() : "";
        SortedMap<Integer, String> seen = new TreeMap<>();
        for (int major : List.of(14, 15, 16, 17, 18)) {
            seen.put(
                    major, Majors.selected().contains(major) ? locks(scene, major) : VersionedText.of(expected, major));
        }
        String merged = VersionedText.merged(seen);
        if (Boolean.getBoolean("partita.cases.rewrite")) {
            Files.writeString(MAP, merged + "\n");
        } else {
            assertThat(merged).isEqualTo(expected);
        }
    }

    private static String locks(Story scene, int major) {
        StringBuilder map = new StringBuilder();
        try (Telling telling = new Telling(Stage.of(major).database(major))) {
            for (Chapter chapter : Chapter.of(scene)) {
                telling.set(chapter);
                Plan plan = telling.plan();
                LockRecorder recorder = LockRecorder.around(telling.database().partita());
                Run run = telling.run(plan, recorder.dataSource(), RunListener.NONE);
                assertThat(run.complete()).as(RunText.of(run)).isTrue();
                List<Step> steps = plan.steps().toList();
                List<Transaction> transactions = StepLocks.ofSteps(recorder);
                assertThat(transactions.size()).isEqualTo(steps.size());
                for (int i = 0; i < steps.size(); i++) {
                    StepLocks locks = StepLocks.of(steps.get(i), transactions.get(i));
                    map.append(PlanText.of(steps.get(i))).append('\n');
                    locks.strongest()
                            .forEach((relation, mode) -> map.append("  ")
                                    .append(mode.sql())
                                    .append(" on ")
                                    .append(relation)
                                    .append('\n'));
                }
            }
        }
        return map.toString().lines().collect(Collectors.joining("\n"));
    }
}
