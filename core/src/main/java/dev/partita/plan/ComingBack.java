package dev.partita.plan;

import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DetachedPartition;
import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Keep;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Sql;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.table.PartitionBound.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Retired partitions that come back: somebody asks for one by name, or within its grace it is to be kept after all, because
 * {@code keep:} has grown. After that it takes a person: whoever keeps detached tables as an archive does not want them back.
 */
final class ComingBack {

    private final Retention retention;
    private final CatalogTable table;
    private final DatabaseIdentity here;
    private final List<RangeLevel> ranges;
    private final Request request;
    private final Instant now;
    private final Findings findings;

    ComingBack(
            Retention retention,
            CatalogTable table,
            DatabaseIdentity here,
            List<RangeLevel> ranges,
            Request request,
            Instant now,
            Findings findings) {
        this.retention = retention;
        this.table = table;
        this.here = here;
        this.ranges = ranges;
        this.request = request;
        this.now = now;
        this.findings = findings;
    }

    /** What is to be attached again. */
    List<Missing> missing() {
        List<Missing> back = new ArrayList<>();
        for (DetachedPartition detached : table.detached()) {
            for (RangeLevel level : ranges) {
                if (detached.isOf(here)
                        && level.place().equals(detached.marker().parent())
                        && detached.bound() instanceof Range range) {
                    reason(detached, range, level)
                            .filter(reason -> level.isFree(range))
                            .filter(reason -> columnsFit(detached))
                            .ifPresent(reason -> back.add(level.again(detached, range, reason)));
                }
            }
        }
        return back;
    }

    private Optional<Reason> reason(DetachedPartition detached, Range range, RangeLevel level) {
        if (request.restored().contains(detached.name())) {
            return Optional.of(new Reason(Why.ASKED, "asked for, with its rows"));
        }
        return isKeptAfterAll(detached, range, level)
                ? Optional.of(new Reason(Why.WANTED_AGAIN, "retired, and to be kept after all"))
                : Optional.empty();
    }

    private boolean isKeptAfterAll(DetachedPartition detached, Range range, RangeLevel level) {
        Instant end = level.graceEnds(detached.marker().instant(), Grace.of(retention));
        if (!now.isBefore(end)) {
            return false;
        }
        Optional<Keep> keep = retention.limited().map(Retention.Limited::keep);
        return keep.isEmpty()
                || level.cutoff(keep.get())
                        .filter(cutoff -> cutoff.isBefore(range.to()))
                        .isPresent();
    }

    /** The table may have changed while the partition was out; what it has gained the step adds where that is cheap and sure. */
    private boolean columnsFit(DetachedPartition detached) {
        List<Sql> changes = Stream.concat(
                        table.columns().stream()
                                .filter(column -> detached.columns().stream()
                                        .noneMatch(there -> there.name().equals(column.name())))
                                .filter(column -> detached.lacking().stream()
                                        .noneMatch(added -> added.name().equals(column.name())))
                                .map(column -> Sql.of(
                                        "ADD COLUMN {} {}", column.name(), new Sql(column.type() + notNull(column)))),
                        detached.columns().stream()
                                .filter(column -> table.columns().stream()
                                        .noneMatch(wanted -> wanted.name().equals(column.name())))
                                .map(column -> Sql.of("DROP COLUMN {}", column.name())))
                .toList();
        if (!changes.isEmpty()) {
            findings.error(
                    ProblemCode.RETIRED_DIFFERS,
                    detached.name() + " is to come back, but the table's columns have changed since it was taken out",
                    "make them alike: ALTER TABLE " + detached.name() + " " + Sql.list(changes)
                            + ", with the table's defaults");
        }
        return changes.isEmpty();
    }

    private static String notNull(CatalogColumn column) {
        return column.notNull() ? " NOT NULL" : "";
    }
}
