package dev.partita.plan;

import dev.partita.catalog.Answers.Reference;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DetachedPartition;
import dev.partita.catalog.Marker;
import dev.partita.catalog.Questions;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Keep;
import dev.partita.declaration.Retention.Then;
import dev.partita.declaration.TimeGrid;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Lock;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropForeignKey;
import dev.partita.step.DropPartition;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.MarkPartition;
import dev.partita.step.MovePartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.step.RelationLock;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which partitions of a table have been kept long enough, and what becomes of them.
 *
 * <p>By the real upper bound of each, and only of those that are ours: whose bounds are exactly a cell of the declared grid. The
 * newest and the last partition of a level, DEFAULT, foreign tables and whatever is not wholly behind the limit always stay.
 */
final class Retirement {

    /** More than one partition at once must be no more than this share of the table. */
    private static final double SHARE = 0.1;

    /** So many partitions of a table one run retires. */
    private static final int MOST_PER_RUN = 100;

    private static final int MOST_TOLD = 3;

    private final Draft draft;
    private final CatalogTable table;
    private final Catalog catalog;
    private final Request request;
    private final Instant now;
    private final Findings findings;

    Retirement(Draft draft, CatalogTable table, Catalog catalog, Request request, Instant now) {
        this.draft = draft;
        this.table = table;
        this.catalog = catalog;
        this.request = request;
        this.now = now;
        this.findings = draft.findings();
    }

    /**
     * A partition that may go.
     *
     * @param level where it lies
     * @param partition what it is
     * @param range which rows it takes
     */
    private record Candidate(RangeLevel level, CatalogPartition partition, Range range) {}

    /** What has to be known before {@link #steps} can decide. */
    Questions questions() {
        List<Long> pending = pending().map(each -> each.partition().oid()).toList();
        List<Long> comments = new ArrayList<>(pending);
        List<Long> sizes = new ArrayList<>();
        List<Questions.Referenced> referenced = new ArrayList<>();
        if (bySize().isPresent()) {
            table.leaves().map(CatalogPartition::oid).forEach(sizes::add);
        }
        if (mayRetire()) {
            List<Candidate> candidates = bySize().isPresent() ? oldest() : candidates();
            candidates.stream().limit(MOST_PER_RUN).forEach(candidate -> {
                comments.add(candidate.partition().oid());
                question(candidate).ifPresent(referenced::add);
            });
        }
        return Questions.aboutRetired(Set.copyOf(comments), Set.copyOf(sizes), referenced);
    }

    private Optional<Questions.Referenced> question(Candidate candidate) {
        return table.referencedBy().isEmpty()
                ? Optional.empty()
                : Optional.of(new Questions.Referenced(
                        table.oid(),
                        candidate.level().column(),
                        candidate.level().type(),
                        candidate.range()));
    }

    /** The limit that is kept, as people read it; empty where nothing is ever retired. */
    Optional<String> keeps() {
        return limited()
                .flatMap(limited -> levels().stream()
                        .flatMap(level -> level.cutoff(limited.keep()).map(level::firstKept).stream())
                        .findFirst());
    }

    /** What was taken out here and is there still, longest first. */
    List<TablePlan.Resting> resting() {
        boolean dropped =
                limited().filter(limited -> limited.then() instanceof Then.Drop).isPresent();
        return table.detached().stream()
                .filter(detached -> detached.isOf(catalog.server().identity()))
                .map(detached -> new TablePlan.Resting(
                        detached.name(),
                        detached.marker().instant(),
                        dropped
                                ? Optional.of(Grace.end(
                                        detached.marker().instant(),
                                        Grace.of(draft.declaration().retention()),
                                        zone()))
                                : Optional.empty(),
                        detached.pages()))
                .sorted(Comparator.comparing(TablePlan.Resting::since))
                .toList();
    }

    /** The steps, each partition's together, oldest first. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(finalized());
        steps.addAll(afterwards());
        if (limited().isEmpty()) {
            return steps;
        }
        List<Candidate> candidates = candidates();
        if (candidates.isEmpty()) {
            return steps;
        }
        if (!mayRetire()) {
            tellWaiting(candidates);
            return steps;
        }
        List<Candidate> free =
                candidates.stream().limit(MOST_PER_RUN).filter(this::isFree).toList();
        if (withinGuard(free)) {
            free.forEach(candidate -> steps.addAll(retire(candidate)));
        }
        return steps;
    }

    private Optional<Retention.Limited> limited() {
        return draft.declaration().retention() instanceof Retention.Limited limited
                ? Optional.of(limited)
                : Optional.empty();
    }

    private Optional<Keep.Bytes> bySize() {
        return limited()
                .map(Retention.Limited::keep)
                .filter(Keep.Bytes.class::isInstance)
                .map(Keep.Bytes.class::cast);
    }

    private boolean mayRetire() {
        return limited()
                .map(limited -> switch (request.retire()) {
                    case NEVER -> false;
                    case AUTO -> limited.retire() == Retention.Retire.AUTO;
                    case ASKED -> true;
                })
                .orElse(false);
    }

    /** The places of the outermost range: the table itself, or each branch of a list or hash above it. */
    private List<RangeLevel> levels() {
        return draft.ranges();
    }

    // ---------------------------------------------------------------------------------------------- what is old enough

    private List<Candidate> candidates() {
        Keep keep = limited().orElseThrow().keep();
        return keep instanceof Keep.Bytes bytes
                ? beyond(bytes)
                : levels().stream()
                        .flatMap(level -> level.cutoff(keep).stream().flatMap(cutoff -> behind(level, cutoff).stream()))
                        .toList();
    }

    private List<Candidate> behind(RangeLevel level, RangeLimit cutoff) {
        List<Candidate> old = oldest(level).stream()
                .filter(candidate -> !cutoff.isBefore(candidate.range().to()))
                .toList();
        List<Candidate> strangers = old.stream()
                .filter(candidate -> !level.grid().isCell(candidate.range()))
                .toList();
        if (!strangers.isEmpty()) {
            tellStrangers(strangers);
        }
        return old.stream().filter(candidate -> !strangers.contains(candidate)).toList();
    }

    /** From the newest on all stays that fits, DEFAULT and the future included; what is behind that has been kept long enough. */
    private List<Candidate> beyond(Keep.Bytes keep) {
        Map<Long, Long> sizes = catalog.answers().sizes();
        if (!table.leaves().allMatch(leaf -> sizes.containsKey(leaf.oid()))) {
            return List.of();
        }
        Set<Long> beyond = new HashSet<>();
        BigInteger sum = BigInteger.ZERO;
        for (CatalogPartition partition : newestFirst()) {
            sum = sum.add(BigInteger.valueOf(bytes(partition)));
            if (sum.compareTo(keep.bytes()) > 0) {
                beyond.add(partition.oid());
            }
        }
        return oldest().stream()
                .filter(candidate -> beyond.contains(candidate.partition().oid()))
                .filter(candidate -> candidate.level().grid().isCell(candidate.range()))
                .toList();
    }

    /** All partitions of the level that ages; what has no end counts as the newest. */
    private List<CatalogPartition> newestFirst() {
        return levels().stream()
                .flatMap(level -> level.partitions().stream())
                .sorted(Comparator.comparing(Retirement::end).reversed())
                .toList();
    }

    private static RangeLimit end(CatalogPartition partition) {
        return partition.bound() instanceof Range range ? range.to() : RangeLimit.MAXVALUE;
    }

    private List<Candidate> oldest() {
        return levels().stream()
                .flatMap(level -> oldest(level).stream())
                .sorted(Comparator.comparing(
                        (Candidate candidate) -> candidate.range().to()))
                .toList();
    }

    /** What lies wholly in the past and is not the newest of its level, oldest first. */
    private List<Candidate> oldest(RangeLevel level) {
        RangeLimit present = level.present();
        List<Candidate> all = level.partitions().stream()
                .filter(partition -> partition.bound() instanceof Range)
                .map(partition -> new Candidate(level, partition, (Range) partition.bound()))
                .sorted(Comparator.comparing(candidate -> candidate.range().to()))
                .toList();
        return all.stream()
                .limit(Math.max(0, all.size() - 1L))
                .filter(candidate -> candidate.range().from().finite()
                        && candidate.range().to().finite()
                        && !present.isBefore(candidate.range().to()))
                .filter(candidate -> candidate.partition().kind() != RelationKind.FOREIGN
                        && !candidate.partition().detachPending())
                .toList();
    }

    // ---------------------------------------------------------------------------------------------- what keeps it back

    private boolean isFree(Candidate candidate) {
        Optional<Questions.Referenced> question = question(candidate);
        if (question.isEmpty()) {
            return true;
        }
        Reference reference = catalog.answers()
                .referenced()
                .getOrDefault(question.get(), new Reference.Unknown(table.name(), "nobody looked"));
        if (reference instanceof Reference.By by) {
            findings.warning(
                    ProblemCode.PARTITION_REFERENCED,
                    candidate.partition().name() + " has been kept long enough, but rows of " + by.table()
                            + " refer to it, so it stays",
                    "retire those rows first: partition " + by.table()
                            + " by the same key and keep it as long, or delete them");
        } else if (reference instanceof Reference.Unknown unknown) {
            findings.warning(
                    ProblemCode.PARTITION_REFERENCED,
                    candidate.partition().name() + " has been kept long enough, but whether rows of " + unknown.table()
                            + " refer to it cannot be seen: " + unknown.why() + "; it stays",
                    "make an index on the foreign key's columns in " + unknown.table());
        }
        return reference instanceof Reference.Nobody;
    }

    private boolean withinGuard(List<Candidate> candidates) {
        int count = candidates.size();
        if (request.most().isPresent() ? count <= request.most().get() : count <= 1 || share(candidates) <= SHARE) {
            return true;
        }
        findings.error(
                ProblemCode.RETIREMENT_GUARDED,
                words(candidates) + " would be retired at once"
                        + (request.most().isPresent()
                                ? ", more than the " + request.most().get() + " that were allowed"
                                : String.format(
                                        Locale.ROOT,
                                        ": %.0f %% of the table, more than the usual",
                                        100 * share(candidates)))
                        + "; nothing is retired",
                "look whether keep: says what you mean; the plan says what it keeps",
                "if all of them are to go: partita apply --retire --most " + count);
        return false;
    }

    /** The largest part of the table that they are, by number, by rows or by size. */
    private double share(List<Candidate> candidates) {
        double all =
                levels().stream().mapToLong(level -> level.partitions().size()).sum();
        double rows = table.estimatedRows();
        double pages = table.leaves().mapToLong(CatalogPartition::pages).sum();
        return Math.max(
                candidates.size() / Math.max(1, all),
                Math.max(rows > 0 ? rows(candidates) / rows : 0, pages > 0 ? pages(candidates) / pages : 0));
    }

    // ---------------------------------------------------------------------------------------------- what is done

    private List<Step> retire(Candidate candidate) {
        Retention.Limited limited = limited().orElseThrow();
        TableName partition = candidate.partition().name();
        TableName parent = candidate.level().place();
        Marker.Comment comment = marked(candidate, parent);
        Reason reason = new Reason(Why.KEPT_LONG_ENOUGH, "keeps " + limited.keep());
        List<Step> steps = new ArrayList<>();
        if (candidate.level().fallback().isEmpty()
                && table.referencedBy().isEmpty()
                && table.likeness().owner().equals(catalog.server().user())) {
            steps.add(new MarkPartition(table.name(), partition, comment, reason));
            steps.add(new DetachConcurrently(table.name(), parent, partition, reason));
        } else {
            steps.add(new DetachPartition(table.name(), parent, partition, comment, neighbours(candidate), reason));
        }
        if (limited.then() instanceof Then.MoveTo move) {
            steps.add(new MovePartition(
                    table.name(), new Retired(partition, candidate.partition().oid(), comment), move.schema(), reason));
        }
        return steps;
    }

    private Marker.Comment marked(Candidate candidate, TableName parent) {
        long oid = candidate.partition().oid();
        Optional<String> comment =
                Optional.ofNullable(catalog.answers().comments().get(oid));
        Optional<String> rest = comment.flatMap(
                text -> Marker.Comment.parse(text).map(Marker.Comment::rest).orElse(comment));
        return new Marker.Comment(
                new Marker(
                        parent,
                        candidate.partition().boundText(),
                        now.truncatedTo(ChronoUnit.SECONDS),
                        oid,
                        catalog.server().identity()),
                rest);
    }

    /** What DETACH locks besides the parent and its partition, measured on 14 to 18. */
    private List<RelationLock> neighbours(Candidate candidate) {
        List<RelationLock> locks = new ArrayList<>();
        candidate.partition().tree().skip(1).forEach(below -> locks.add(exclusive(below.name())));
        candidate.level().fallback().stream()
                .flatMap(CatalogPartition::tree)
                .forEach(fallback -> locks.add(exclusive(fallback.name())));
        table.referencedBy().forEach(name -> locks.add(exclusive(name)));
        return locks;
    }

    private static RelationLock exclusive(TableName name) {
        return new RelationLock(name, Lock.ACCESS_EXCLUSIVE);
    }

    /** Half-detached partitions that bear our marker are finished, before anything else is retired. */
    private List<Step> finalized() {
        List<Step> steps = new ArrayList<>();
        pending().forEach(pending -> {
            Optional<Marker.Comment> comment = Optional.ofNullable(
                            catalog.answers().comments().get(pending.partition().oid()))
                    .flatMap(Marker.Comment::parse)
                    .filter(read -> isOfHere(read.marker(), pending.partition().oid()));
            if (comment.isPresent()) {
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

    private record Pending(TableName parent, CatalogPartition partition) {}

    private Stream<Pending> pending() {
        return pending(table.name(), table.partitions());
    }

    private static Stream<Pending> pending(TableName parent, List<CatalogPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> Stream.concat(
                        partition.detachPending() ? Stream.of(new Pending(parent, partition)) : Stream.empty(),
                        pending(partition.name(), partition.partitions())));
    }

    /** What becomes of those that were taken out before. */
    private List<Step> afterwards() {
        List<Step> steps = new ArrayList<>();
        for (DetachedPartition detached : table.detached()) {
            if (!detached.isOf(catalog.server().identity())) {
                findings.warning(
                        ProblemCode.RETIRED_ELSEWHERE,
                        detached.name() + " bears the marker of a partition that was retired "
                                + (detached.marker()
                                                .database()
                                                .equals(catalog.server().identity())
                                        ? "under another identity"
                                        : "in another database")
                                + ", so it is a copy, and is left alone",
                        "if it is not needed, drop it by hand; if it is, take the first line off its comment");
            } else if (mayRetire() && !comesBack(detached)) {
                steps.addAll(afterwards(detached, limited().orElseThrow()));
            }
        }
        return steps;
    }

    private boolean comesBack(DetachedPartition detached) {
        return draft.missing().stream().flatMap(lack -> lack.again().stream()).anyMatch(detached::equals);
    }

    private List<Step> afterwards(DetachedPartition detached, Retention.Limited limited) {
        Retired retired = new Retired(detached.name(), detached.oid(), detached.comment());
        List<Step> steps = new ArrayList<>();
        if (limited.then() instanceof Then.MoveTo move
                && !detached.name().schema().equals(move.schema())) {
            steps.add(new MovePartition(
                    table.name(),
                    retired,
                    move.schema(),
                    new Reason(Why.LEFTOVER, "it was detached, and is to lie in " + move.schema())));
        }
        if (limited.then() instanceof Then.Drop) {
            Instant due = Grace.end(detached.marker().instant(), Grace.of(limited), zone());
            if (!now.isBefore(due)) {
                Reason over = new Reason(
                        Why.GRACE_OVER,
                        "detached on " + detached.marker().instant().toString().substring(0, 10) + ", and its grace of "
                                + Grace.of(limited) + " is over");
                detached.foreignKeys()
                        .forEach(key -> steps.add(
                                new DropForeignKey(table.name(), retired, key.name(), key.referenced(), over)));
                steps.add(new DropPartition(table.name(), retired, over));
            }
        }
        return steps;
    }

    private ZoneId zone() {
        return levels().stream()
                .map(RangeLevel::grid)
                .filter(TimeGrid.class::isInstance)
                .map(grid -> ((TimeGrid) grid).zone())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    private boolean isOfHere(Marker marker, long oid) {
        return marker.oid() == oid && marker.database().equals(catalog.server().identity());
    }

    // ---------------------------------------------------------------------------------------------- what is told

    private void tellWaiting(List<Candidate> candidates) {
        findings.info(
                ProblemCode.RETIREMENT_WAITS,
                words(candidates) + (candidates.size() == 1 ? " has" : " have") + " been kept long enough and "
                        + (candidates.size() == 1 ? "waits" : "wait") + " for a person",
                "partita plan --retire shows what would happen, partita apply --retire does it",
                "retire: auto lets every run do it");
    }

    private void tellStrangers(List<Candidate> strangers) {
        findings.info(
                ProblemCode.PARTITION_NOT_OURS,
                words(strangers) + (strangers.size() == 1 ? " is" : " are") + " old enough to be retired, but "
                        + (strangers.size() == 1 ? "its bounds are" : "their bounds are")
                        + " not those of a partition that this declaration makes; "
                        + (strangers.size() == 1 ? "it stays" : "they stay"),
                "retire it by hand if you want: docs/how-to/retire-by-hand.md");
    }

    private String words(List<Candidate> candidates) {
        String names = candidates.stream()
                .limit(MOST_TOLD)
                .map(candidate -> candidate.partition().name().toString())
                .collect(Collectors.joining(", "));
        int others = candidates.size() - MOST_TOLD;
        double rows = rows(candidates);
        return candidates.size() + (candidates.size() == 1 ? " partition (" : " partitions (") + names
                + (others > 0 ? " and " + others + " more" : "")
                + (rows > 0 ? String.format(Locale.ROOT, "; about %,.0f rows", rows) : "") + ")";
    }

    private static double rows(List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> candidate.partition().tree())
                .filter(partition -> partition.kind() != RelationKind.PARTITIONED)
                .mapToDouble(partition -> Math.max(0, partition.estimatedRows()))
                .sum();
    }

    private static double pages(List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> candidate.partition().tree())
                .filter(partition -> partition.kind() != RelationKind.PARTITIONED)
                .mapToLong(CatalogPartition::pages)
                .sum();
    }

    private long bytes(CatalogPartition partition) {
        return partition
                .tree()
                .mapToLong(each -> catalog.answers().sizes().getOrDefault(each.oid(), 0L))
                .sum();
    }
}
