package dev.partita.migration;

import dev.partita.step.Step;
import java.time.Duration;
import java.util.List;

/** What comes next. */
sealed interface Work {

    /**
     * Steps to run, and then to look again.
     *
     * @param steps in order
     * @param beside whether they have nothing to do with each other and may run at the same time
     */
    record Do(List<Step> steps, boolean beside) implements Work {
        public Do {
            steps = List.copyOf(steps);
        }

        static Do one(Step step) {
            return new Do(List.of(step), false);
        }
    }

    /**
     * Nothing to do for a moment.
     *
     * @param why for what it waits, as a clause
     */
    record Wait(String why, Duration pause) implements Work {}

    /**
     * Nothing to do before a person has said something.
     *
     * @param why as a sentence without a full stop
     */
    record Rest(String why) implements Work {}
}
