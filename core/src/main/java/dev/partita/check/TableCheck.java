package dev.partita.check;

import dev.partita.catalog.Drift;
import dev.partita.plan.Finding;
import dev.partita.plan.Severity;
import dev.partita.table.PartitionKey;
import dev.partita.table.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a table is.
 *
 * @param name its name
 * @param key by what it is divided
 * @param leaves how many tables hold its rows
 * @param bytes of their rows by the last VACUUM or ANALYZE, without indexes
 * @param estimatedRows likewise; negative when nobody has looked into any
 * @param runway how long rows have somewhere to go, of the branch where it is shortest
 * @param defaults what its DEFAULT partitions hold
 * @param drift in which ways its partitions differ
 * @param findings what a person should know, worst first
 */
public record TableCheck(
        TableName name,
        PartitionKey key,
        int leaves,
        long bytes,
        double estimatedRows,
        Runway runway,
        List<Leaked> defaults,
        List<Drift> drift,
        List<Finding> findings) {

    public TableCheck {
        defaults = List.copyOf(defaults);
        drift = List.copyOf(drift);
        findings = List.copyOf(findings);
    }

    /** The worst of its findings; empty when there is none. */
    public Optional<Severity> worst() {
        return findings.stream().map(Finding::severity).max(Comparator.naturalOrder());
    }

    /** How many findings of this severity there are. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
