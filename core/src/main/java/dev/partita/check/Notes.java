package dev.partita.check;

import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What is found while one thing is examined. */
final class Notes {

    private static final int MOST_NAMES = 3;

    private final String where;
    private final List<Finding> findings = new ArrayList<>();

    Notes(String where) {
        this.where = where;
    }

    void error(ProblemCode code, String message, String... waysOut) {
        add(Severity.ERROR, code, message, waysOut);
    }

    void warning(ProblemCode code, String message, String... waysOut) {
        add(Severity.WARNING, code, message, waysOut);
    }

    void info(ProblemCode code, String message, String... waysOut) {
        add(Severity.INFO, code, message, waysOut);
    }

    void add(Severity severity, ProblemCode code, String message, String... waysOut) {
        findings.add(new Finding(severity, Problem.of(code, where, message, waysOut)));
    }

    /** Errors first, each severity in the order found. */
    List<Finding> all() {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }

    /** The first few, and how many more. */
    static String some(Collection<?> names) {
        List<String> first =
                names.stream().limit(MOST_NAMES).map(Object::toString).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more == 0 ? "" : " and " + more + " more");
    }

    /** {@code 1 partition}, {@code 2 partitions}. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
