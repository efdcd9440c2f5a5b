package dev.partita.plan;

import dev.partita.catalog.Fingerprint;
import dev.partita.catalog.LastRun;
import dev.partita.declaration.TableDeclaration;
import dev.partita.step.Step;
import dev.partita.table.PartitionKey;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What has to happen to one table; its fate is its own.
 *
 * @param declaration what is wanted
 * @param oid the table's identity, 0 when it does not exist yet
 * @param owner the role that owns it and whose rights every step has; empty when it does not exist yet
 * @param fingerprint the state it was planned for
 * @param key by what it is partitioned now
 * @param cursor where its newest rows are on an axis of numbers; empty elsewhere
 * @param coverage how far the partitions reach, where that means something
 * @param keeps where the oldest partition begins that is kept, as people read it; empty where nothing is retired by age or number
 * @param outlook what waits, and what comes next
 * @param remembered what is to be remembered of the run; empty where nothing is
 * @param steps in the order in which they run
 * @param findings what a person should know, errors first
 */
public record TablePlan(
        TableDeclaration declaration,
        long oid,
        Optional<dev.partita.sql.Identifier> owner,
        Fingerprint fingerprint,
        Optional<PartitionKey> key,
        Optional<RangeLimit> cursor,
        Optional<Coverage> coverage,
        Optional<String> keeps,
        Outlook outlook,
        Optional<LastRun> remembered,
        List<Step> steps,
        List<Finding> findings) {

    /**
     * How far the partitions reach without a hole from the present on; limits are written as the key's type prints them.
     *
     * @param now where the present lies; empty when the present has no partition
     * @param before the end before the plan is run; empty when the present has no partition
     * @param after the end once it has been run
     */
    public record Coverage(String now, Optional<String> before, Optional<String> after) {}

    public TablePlan {
        steps = List.copyOf(steps);
        findings = List.copyOf(findings);
    }

    public TableName name() {
        return declaration.name();
    }

    public boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity() == severity);
    }

    TablePlan only(Predicate<Step> kept) {
        return new TablePlan(
                declaration,
                oid,
                owner,
                fingerprint,
                key,
                cursor,
                coverage,
                keeps,
                outlook,
                remembered,
                steps.stream().filter(kept).toList(),
                findings);
    }
}
