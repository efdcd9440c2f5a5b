package dev.partita.cli;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemKind;
import java.util.List;

/** What the process tells scripts; a contract, explained in {@code docs/reference/exit-codes.md}. */
final class ExitCode {

    static final int FINE = 0;
    static final int UNEXPECTED = 1;
    /** Only with {@code plan --exit-code}. */
    static final int CHANGES_PENDING = 2;

    static final int NEEDS_A_PERSON = ProblemKind.NEEDS_A_PERSON.exitCode();
    static final int USAGE = ProblemKind.USAGE.exitCode();
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** Of a command that could not do its work; the first problem counts. */
    static int of(List<Problem> problems) {
        return problems.get(0).code().kind().exitCode();
    }
}
