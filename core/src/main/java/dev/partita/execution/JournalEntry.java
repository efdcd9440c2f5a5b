package dev.partita.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A line of the journal: one step of one run, and what became of it.
 *
 * @param id grows with each line
 * @param at when it was written, by the server's clock
 * @param who on whose behalf
 * @param run shared by all steps of one run
 * @param plannedFor the instant that the plan was made for
 * @param plan the state of the table that it was made for, as a digest
 * @param table the declared table, as SQL writes it
 * @param relation what was made or changed, as SQL writes it
 * @param what a few words for people: {@code create partition}
 * @param reason why the planner wanted it
 * @param sql the statements, exactly
 * @param ending what became of it
 * @param problem the code of the problem, where there was one
 * @param detail why it was not done, or what was observed later
 * @param attempts how many tries it took
 * @param waited for locks of others, in tries that did not get them
 * @param took the last try
 */
public record JournalEntry(
        long id,
        Instant at,
        Who who,
        UUID run,
        Instant plannedFor,
        String plan,
        String table,
        String relation,
        String what,
        String reason,
        String sql,
        Ending ending,
        Optional<String> problem,
        Optional<String> detail,
        int attempts,
        Duration waited,
        Duration took) {

    /** What became of a step; a step that was not tried has no line. */
    public enum Ending {

        /** It has transactions of its own and was begun; how it ended nobody has written down. */
        BEGUN,

        DONE,

        /** Somebody held a lock throughout. */
        BLOCKED,

        FAILED,

        /** The table was no longer as planned. */
        MOVED,

        /** Somebody who was asked did not want it. */
        VETOED,

        /** It was begun, and what became of it was seen by a later run. */
        OBSERVED;

        /** Whether it was neither done nor is under way. */
        public boolean wantsAttention() {
            return this != DONE;
        }
    }

    /**
     * Who did it.
     *
     * @param role who had logged in at the database
     * @param osUser who ran the program, as its operating system says
     * @param client from which address, as the server sees it; empty for a local socket
     * @param process the server's process
     */
    public record Who(String role, String osUser, Optional<String> client, int process) {}
}
