package dev.partita.plan;

import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DetachedPartition;
import dev.partita.catalog.Marker;
import dev.partita.catalog.Server.DatabaseIdentity;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Then;
import dev.partita.plan.Outlook.Cause;
import dev.partita.plan.Outlook.Wait;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.step.DropForeignKey;
import dev.partita.step.DropPartition;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.MovePartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.step.ReleasePartition;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.step.StoreElsewhere;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What becomes of partitions that are out of their table already, or half. */
final class Afterlife {

    private final Draft draft;
    private final CatalogTable table;
    private final DatabaseIdentity here;
    private final Instant now;
    private final Findings findings;

    Afterlife(Draft draft, CatalogTable table, DatabaseIdentity here, Instant now) {
        this.draft = draft;
        this.table = table;
        this.here = here;
        this.now = now;
        this.findings = draft.findings();
    }

    /**
     * A half-detached partition.
     *
     * @param parent what it is half taken out of
     * @param partition what it is
     */
    record Pending(TableName parent, CatalogPartition partition) {}

    Stream<Pending> pending() {
        return pending(table.name(), table.partitions());
    }

    private static Stream<Pending> pending(TableName parent, List<CatalogPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> Stream.concat(
                        partition.detachPending() ? Stream.of(new Pending(parent, partition)) : Stream.empty(),
                        pending(partition.name(), partition.partitions())));
    }

    /**
     * Those that bear our marker are finished; others are told.
     *
     * @param comments by identity
     */
    List<Step> finished(Map<Long, String> comments) {
        List<Step> steps = new ArrayList<>();
        pending().forEach(pending -> {
            long oid = pending.partition().oid();
            Optional<Marker> marker = Optional.ofNullable(comments.get(oid))
                    .flatMap(Marker.Comment::parse)
                    .map(Marker.Comment::marker)
                    .filter(read -> read.oid() == oid && read.database().equals(here));
            if (marker.isPresent()) {
                steps.add(new FinalizeDetach(
                        table.name(),
                        pending.parent(),
                        pending.partition().name(),
                        new Reason(Why.LEFTOVER, "an interrupted run left it half detached")));
            } else {
                findings.error(
                        ProblemCode.DETACH_PENDING,
                        "partition " + pending.partition().name()
                                + " is half detached: an interrupted DETACH CONCURRENTLY hides its rows and refuses new ones",
                        "finish it: ALTER TABLE " + pending.parent() + " DETACH PARTITION "
                                + pending.partition().name() + " FINALIZE");
            }
        });
        return steps;
    }

    /** A copy of a retired partition, in another database or under another identity, is nobody's to touch. */
    void tellCopies() {
        table.detached().stream()
                .filter(detached -> !detached.isOf(here))
                .forEach(copy -> findings.warning(
                        ProblemCode.RETIRED_ELSEWHERE,
                        copy.name() + " bears the marker of a partition that was retired "
                                + (copy.marker().database().equals(here)
                                        ? "under another identity"
                                        : "in another database")
                                + ", so it is a copy, and is left alone",
                        "if it is not needed, drop it by hand; if it is, take the first line off its comment"));
    }

    /** Drops what is out for long enough, and moves what was to be moved. */
    List<Step> steps(Retention.Limited limited) {
        List<Step> steps = new ArrayList<>();
        resting().filter(detached -> !comesBack(detached)).forEach(detached -> {
            Retired retired = new Retired(detached.name(), detached.oid(), detached.comment());
            if (limited.then() instanceof Then.MoveTo move
                    && !detached.name().schema().equals(move.schema())) {
                steps.add(new MovePartition(
                        table.name(),
                        retired,
                        move.schema(),
                        new Reason(Why.LEFTOVER, "it was detached, and is to lie in " + move.schema())));
            }
            if (limited.then() instanceof Then.MoveToTablespace move) {
                stored(detached, retired, move.tablespace()).ifPresent(steps::add);
            }
            if (mayBeDropped(detached, limited) && !now.isBefore(graceEnds(detached))) {
                steps.addAll(dropped(detached, retired, limited));
            }
        });
        return steps;
    }

    private Optional<Step> stored(DetachedPartition detached, Retired retired, Identifier tablespace) {
        return detached.stored().stream().allMatch(part -> part.tablespace().equals(tablespace))
                ? Optional.empty()
                : Optional.of(new StoreElsewhere(
                        table.name(),
                        retired,
                        stored(detached, false),
                        stored(detached, true),
                        tablespace,
                        new Reason(Why.LEFTOVER, "it was detached, and is to lie in tablespace " + tablespace)));
    }

    private static List<TableName> stored(DetachedPartition detached, boolean indexes) {
        return detached.stored().stream()
                .filter(part -> part.index() == indexes)
                .map(DetachedPartition.Stored::name)
                .toList();
    }

    private boolean mayBeDropped(DetachedPartition detached, Retention.Limited limited) {
        return limited.then() instanceof Then.Drop
                && !isPinned(detached, limited.restraint())
                && !isWaitedFor(detached, limited.restraint());
    }

    private static boolean isWaitedFor(DetachedPartition detached, Restraint restraint) {
        return restraint.untilReleased() && detached.comment().release().isEmpty();
    }

    /** Lets go what somebody wants to be let go. */
    List<Step> released(Map<TableName, String> because) {
        return resting()
                .filter(detached -> detached.comment().release().isEmpty())
                .flatMap(detached -> Stream.ofNullable(because.get(detached.name()))
                        .<Step>map(reason -> new ReleasePartition(
                                table.name(),
                                new Retired(detached.name(), detached.oid(), detached.comment()),
                                detached.comment()
                                        .with(new Marker.Release(now.truncatedTo(ChronoUnit.SECONDS), reason)),
                                new Reason(Why.ASKED, "nobody needs it any more"))))
                .toList();
    }

    /** Says what would be dropped by now if somebody had let it go. */
    void tellUnreleased(Retention.Limited limited, Set<TableName> released) {
        if (limited.then() instanceof Then.Drop) {
            resting()
                    .filter(detached -> isWaitedFor(detached, limited.restraint())
                            && !isPinned(detached, limited.restraint())
                            && !released.contains(detached.name())
                            && !now.isBefore(graceEnds(detached)))
                    .forEach(detached -> findings.info(
                            ProblemCode.RELEASE_MISSING,
                            detached.name() + " has been out for its grace of " + Grace.of(limited)
                                    + " and waits for somebody to let it go",
                            "when nobody needs it any more: partita release " + detached.name() + " --because ..."));
        }
    }

    private boolean isPinned(DetachedPartition detached, Restraint restraint) {
        return detached.bound() instanceof Range range
                && draft.ranges().stream().anyMatch(level -> restraint.pins(range, level.grid()));
    }

    private List<Step> dropped(DetachedPartition detached, Retired retired, Retention.Limited limited) {
        Reason over = new Reason(
                Why.GRACE_OVER,
                "detached on " + detached.marker().instant().toString().substring(0, 10) + ", and its grace of "
                        + Grace.of(limited) + " is over");
        List<Step> steps = new ArrayList<>();
        detached.foreignKeys()
                .forEach(key ->
                        steps.add(new DropForeignKey(table.name(), retired, key.name(), key.referenced(), over)));
        steps.add(new DropPartition(table.name(), retired, over));
        return steps;
    }

    /**
     * What was taken out here and is there still, longest first.
     *
     * @param drop for what it waits that anything is dropped
     */
    List<Outlook.Resting> told(Wait drop) {
        Optional<Retention.Limited> limited = draft.declaration().retention().limited();
        return resting()
                .map(detached -> new Outlook.Resting(
                        detached.name(),
                        detached.marker().instant(),
                        limited.filter(known ->
                                        known.then() instanceof Then.Drop && !isPinned(detached, known.restraint()))
                                .map(known -> graceEnds(detached)),
                        awaits(detached, limited, drop),
                        detached.comment().release(),
                        detached.pages()))
                .sorted(Comparator.comparing(Outlook.Resting::since))
                .toList();
    }

    private Optional<Wait> awaits(DetachedPartition detached, Optional<Retention.Limited> limited, Wait drop) {
        if (comesBack(detached)) {
            return Optional.of(Wait.of(Cause.RUN));
        }
        return limited.filter(known -> known.then() instanceof Then.Drop).map(known -> {
            if (isPinned(detached, known.restraint())) {
                return Wait.of(Cause.PIN);
            }
            if (isWaitedFor(detached, known.restraint())) {
                return Wait.of(Cause.RELEASE);
            }
            return now.isBefore(graceEnds(detached)) ? Wait.of(Cause.GRACE) : drop;
        });
    }

    private Stream<DetachedPartition> resting() {
        return table.detached().stream().filter(detached -> detached.isOf(here));
    }

    private boolean comesBack(DetachedPartition detached) {
        return draft.missing().stream().flatMap(lack -> lack.again().stream()).anyMatch(detached::equals);
    }

    private Instant graceEnds(DetachedPartition detached) {
        return Grace.end(
                detached.marker().instant(), Grace.of(draft.declaration().retention()), draft.zone());
    }
}
