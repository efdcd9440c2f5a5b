package dev.partita.execution;

import dev.partita.problem.Problem;
import java.time.Duration;
import java.util.List;

/** What became of a step. */
public sealed interface Outcome {

    /**
     * It was done and committed.
     *
     * @param took from begin to commit of the try that worked
     * @param attempts how many tries it took
     * @param waited for locks of others, over all tries
     */
    record Done(Duration took, int attempts, Duration waited) implements Outcome {}

    /**
     * Somebody held a lock throughout; nothing was changed.
     *
     * @param problem who it was, and what to do
     * @param blockers who held the lock at the last try
     */
    record Blocked(Problem problem, List<Blocker> blockers) implements Outcome {
        public Blocked {
            blockers = List.copyOf(blockers);
        }
    }

    /**
     * It did not work; nothing was changed.
     *
     * @param problem why
     */
    record Failed(Problem problem) implements Outcome {}

    /**
     * The table is no longer as the plan expects; nothing was changed.
     *
     * @param problem what to do
     */
    record Moved(Problem problem) implements Outcome {}

    /**
     * Somebody who was asked did not want it; nothing was changed.
     *
     * @param problem why
     */
    record Vetoed(Problem problem) implements Outcome {}

    /**
     * It was not tried.
     *
     * @param why an earlier step of the table did not work, or the run was stopped
     */
    record Skipped(String why) implements Outcome {}

    default boolean done() {
        return this instanceof Done;
    }

    /**
     * A session that holds a lock we need.
     *
     * @param pid its process
     * @param application its {@code application_name}, may be empty
     * @param user its role, empty for a background process
     * @param state such as {@code active} or {@code idle in transaction}
     * @param since how long its transaction has been open
     * @param lock mode and relation that it holds
     */
    record Blocker(int pid, String application, String user, String state, Duration since, String lock) {
        @Override
        public String toString() {
            return "pid " + pid + (application.isEmpty() ? "" : " (" + application + ")")
                    + (user.isEmpty() ? "" : " of " + user) + ", " + state + " for " + since.toSeconds() + " s, holds "
                    + lock;
        }
    }
}
