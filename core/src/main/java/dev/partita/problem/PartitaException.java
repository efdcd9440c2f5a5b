package dev.partita.problem;

import java.util.List;
import java.util.stream.Collectors;

/** A caller's mistake or a lost connection; always carries at least one coded problem. */
public final class PartitaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public PartitaException(Problem problem) {
        this(List.of(problem));
    }

    public PartitaException(List<Problem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    public PartitaException(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problems = List.of(problem);
    }

    /** Everything that is wrong, in the order found; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    private static String text(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("an exception without a problem");
        }
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
