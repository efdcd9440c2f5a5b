package dev.partita.cases.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.partita.execution.Run;
import dev.partita.execution.RunListener;
import dev.partita.plan.Plan;
import dev.partita.step.Step;
import dev.partita.test.Fault;
import dev.partita.test.LockRecorder;
import dev.partita.test.LockRecorder.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The locks that each kind of step takes on each major, kept as a golden file: the one promise to the application that no
 * document of PostgreSQL makes for us. That steps say the same is proved for every story.
 */
class LockMapTest {

    @Test
    @Fault(67)
    void eachKindOfStepTakesTheLocksThatTheMapSays() throws Exception {
        LockMap.check("lock-map.txt", "scene.case", LockMapTest::look);
    }

    private static void look(Telling telling, Story scene, LockMap map) {
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
                map.add(
                        steps.get(i),
                        StepLocks.of(steps.get(i), transactions.get(i)).strongest());
            }
        }
    }
}
