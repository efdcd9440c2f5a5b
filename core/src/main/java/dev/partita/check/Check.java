package dev.partita.check;

import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Server;
import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the partitioned tables of a database are.
 *
 * @param server where they are
 * @param now when, by the database's clock
 * @param tables every partitioned table that is no partition itself, by name
 * @param findings about the database as a whole, worst first
 */
public record Check(Server server, Instant now, List<TableCheck> tables, List<Finding> findings) {

    public Check {
        tables = List.copyOf(tables);
        findings = List.copyOf(findings);
    }

    /** From facts alone. */
    static Check of(CheckFacts facts, Thresholds thresholds) {
        return new Check(
                facts.catalog().server(),
                facts.now(),
                facts.catalog().tables().values().stream()
                        .sorted(Comparator.comparing(CatalogTable::name))
                        .map(table -> new Examination(facts, thresholds, table).result())
                        .toList(),
                Budgets.ofDatabase(facts));
    }

    /** Of the database and of its tables. */
    public Stream<Finding> allFindings() {
        return Stream.concat(findings.stream(), tables.stream().flatMap(table -> table.findings().stream()));
    }

    /** How many findings of this severity there are. */
    public long count(Severity severity) {
        return allFindings().filter(finding -> finding.severity() == severity).count();
    }

    /** Whether there is a finding that is at least so severe. */
    public boolean reaches(Severity severity) {
        return allFindings().anyMatch(finding -> finding.severity().compareTo(severity) >= 0);
    }
}
