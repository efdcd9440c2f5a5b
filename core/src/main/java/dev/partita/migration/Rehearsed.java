package dev.partita.migration;

import dev.partita.problem.Problem;
import java.util.Optional;

/**
 * How the whole way went on an empty copy of the table, in a transaction that was rolled back.
 *
 * @param statements how many were run
 * @param leftOut why it was not tried at all, as a clause
 * @param failed the statement that failed, and what the server said
 */
public record Rehearsed(int statements, Optional<String> leftOut, Optional<Problem> failed) {}
