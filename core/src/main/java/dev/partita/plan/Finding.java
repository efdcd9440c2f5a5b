package dev.partita.plan;

import dev.partita.problem.Problem;

/**
 * Something a person should know about a table.
 *
 * @param severity how much it matters
 * @param problem what it is, and the way out
 */
public record Finding(Severity severity, Problem problem) {

    @Override
    public String toString() {
        return severity + "  " + problem;
    }
}
