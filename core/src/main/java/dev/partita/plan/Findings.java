package dev.partita.plan;

import dev.partita.problem.Problem;
import dev.partita.problem.ProblemCode;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The findings about one table while it is planned. */
final class Findings {

    private final TableName table;
    private final List<Finding> findings = new ArrayList<>();

    Findings(TableName table) {
        this.table = table;
    }

    void error(ProblemCode code, String message, String... waysOut) {
        add(Severity.ERROR, code, message, List.of(waysOut));
    }

    void warning(ProblemCode code, String message, String... waysOut) {
        add(Severity.WARNING, code, message, List.of(waysOut));
    }

    void info(ProblemCode code, String message, String... waysOut) {
        add(Severity.INFO, code, message, List.of(waysOut));
    }

    void add(Severity severity, ProblemCode code, String message, List<String> waysOut) {
        findings.add(new Finding(severity, new Problem(code, table.sql(), message, waysOut)));
    }

    /** Like {@link #add}, unless the same was told before. */
    void addOnce(Severity severity, ProblemCode code, String message, List<String> waysOut) {
        Finding finding = new Finding(severity, new Problem(code, table.sql(), message, waysOut));
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    /** Errors first, each severity in the order found. */
    List<Finding> all() {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .toList();
    }
}
