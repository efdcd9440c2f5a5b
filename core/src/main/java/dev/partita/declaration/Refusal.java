package dev.partita.declaration;

import dev.partita.problem.PartitaException;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;

/** Says no to a value that cannot be meant. Whoever knows the place in a file or the table puts it in. */
final class Refusal {

    private Refusal() {}

    static PartitaException of(ProblemCode code, String where, String message, String... waysOut) {
        return new PartitaException(Problem.of(code, where, message, waysOut));
    }

    static PartitaException value(String where, String message, String... waysOut) {
        return of(ProblemCode.VALUE_INVALID, where, message, waysOut);
    }
}
