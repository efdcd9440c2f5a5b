package dev.partita.plan;

import dev.partita.catalog.Adopted;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.LastRun;
import dev.partita.catalog.Marker;
import dev.partita.catalog.Questions;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Keep;
import dev.partita.declaration.Retention.Then;
import dev.partita.plan.Outlook.Cause;
import dev.partita.plan.Outlook.Wait;
import dev.partita.plan.Outlook.Waiting;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Lock;
import dev.partita.step.Attached;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.MarkPartitions;
import dev.partita.step.MovePartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.step.RelationLock;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes out of a table what has been kept long enough, and only what is ours; {@code docs/design/retiring.md} has the reasons. */
final class Retirement {

    /** So many partitions of a table one run retires. */
    private static final int MOST_PER_RUN = 100;

    /** So many share a transaction in which they are marked; somebody's lock on one of them keeps the others of it waiting. */
    private static final int MARKED_AT_ONCE = 25;

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("EEEE d MMMM HH:mm", Locale.ENGLISH);

    private final Draft draft;
    private final CatalogTable table;
    private final Catalog catalog;
    private final Request request;
    private final Instant now;
    private final Findings findings;
    private final Afterlife afterlife;
    private final Optional<Retention.Limited> limited;
    private final Holds holds;
    private final List<Waiting> waiting = new ArrayList<>();

    Retirement(Draft draft, CatalogTable table, Catalog catalog, Request request, Instant now) {
        this.draft = draft;
        this.table = table;
        this.catalog = catalog;
        this.request = request;
        this.now = now;
        this.findings = draft.findings();
        this.afterlife = new Afterlife(draft, table, catalog.server().identity(), now);
        this.limited = draft.declaration().retention().limited();
        this.holds = new Holds(
                table, limited.map(Retention.Limited::restraint).orElse(Restraint.NONE), catalog.answers(), findings);
    }

    /** What has to be known before {@link #steps} can decide. */
    Questions questions() {
        Set<Long> comments =
                afterlife.pending().map(each -> each.partition().oid()).collect(Collectors.toSet());
        Set<Long> sizes = new HashSet<>();
        List<Candidate> asked = new ArrayList<>();
        List<Candidate> strangers = new ArrayList<>();
        limited.ifPresent(known -> {
            boolean bySize = known.keep() instanceof Keep.Bytes;
            if (bySize) {
                table.leaves().map(CatalogPartition::oid).forEach(sizes::add);
            }
            candidates(known).old().stream()
                    .filter(candidate -> !candidate.isOurs())
                    .limit(MOST_PER_RUN)
                    .forEach(strangers::add);
            if (waitsFor(known).isEmpty()) {
                (bySize ? candidates(known).past() : candidates(known).old())
                        .stream()
                                .filter(this::isDue)
                                .limit(bySize ? Long.MAX_VALUE : MOST_PER_RUN)
                                .forEach(asked::add);
            }
        });
        Stream.concat(asked.stream(), strangers.stream())
                .forEach(candidate -> comments.add(candidate.partition().oid()));
        return Questions.aboutRetired(comments, sizes)
                .and(holds.questions(Stream.concat(asked.stream().limit(MOST_PER_RUN), strangers.stream())
                        .toList()));
    }

    /** The limit that is kept, as people read it; empty where nothing is ever retired, or by size. */
    Optional<String> keeps() {
        return limited.flatMap(known -> draft.ranges().stream()
                .flatMap(level -> level.cutoff(known.keep()).map(level::firstKept).stream())
                .findFirst());
    }

    /** What waits, once {@link #steps} are chosen, and what comes next. */
    Outlook outlook() {
        waiting.sort(Comparator.comparing(Waiting::name));
        return new Outlook(
                afterlife.told(limited.flatMap(this::waitsFor).orElse(Wait.of(Cause.RUN))),
                Stream.concat(waiting.stream(), leaked()).toList(),
                new Forecast(draft.ranges(), draft.declaration().retention(), now).coming());
    }

    /** A DEFAULT that is to stay empty and does not, as far as somebody has looked. */
    private Stream<Waiting> leaked() {
        return draft.declaration().scheme().fallback().policy() == DefaultPartition.Policy.ACCEPT
                ? Stream.empty()
                : table.partitions().stream()
                        .filter(partition -> partition.isDefault() && partition.estimatedRows() > 0)
                        .map(partition -> new Waiting(partition.name(), Wait.of(Cause.LEAK)));
    }

    private void keepWaiting(List<Candidate> candidates, Wait wait) {
        candidates.forEach(
                candidate -> waiting.add(new Waiting(candidate.partition().name(), wait)));
    }

    /** The steps, each partition's together, oldest first. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(afterlife.finished(catalog.answers().comments()));
        steps.addAll(afterlife.released(request.released()));
        afterlife.tellCopies();
        limited.ifPresent(known -> {
            List<Candidate> old = candidates(known).old();
            Set<TableName> adopted =
                    request.adopted().stream().map(Request.Adoption::partition).collect(Collectors.toSet());
            List<Candidate> strangers = old.stream()
                    .filter(candidate -> !isOurs(candidate)
                            && !adopted.contains(candidate.partition().name()))
                    .toList();
            tellStrangers(strangers);
            keepWaiting(strangers, Wait.of(Cause.BOUNDS));
            holds.tellPinned(old.stream().filter(this::isOurs).toList());
            keepWaiting(
                    old.stream()
                            .filter(candidate -> isOurs(candidate) && holds.isPinned(candidate))
                            .toList(),
                    Wait.of(Cause.PIN));
            List<Candidate> due = old.stream().filter(this::isDue).toList();
            afterlife.tellUnreleased(known, request.released().keySet());
            Optional<Wait> waitsFor = waitsFor(known);
            if (waitsFor.isEmpty()) {
                steps.addAll(afterlife.steps(known));
                if (!due.isEmpty() && holds.canBeSeen()) {
                    steps.addAll(retired(due, known));
                } else {
                    keepWaiting(due, Wait.of(Cause.ROWS));
                }
            } else if (!due.isEmpty()) {
                tellWaiting(due, waitsFor.get(), known);
                keepWaiting(due, waitsFor.get());
            }
        });
        return steps;
    }

    private boolean isDue(Candidate candidate) {
        return isOurs(candidate) && !holds.isPinned(candidate);
    }

    /** By its bounds, or because a person has said so. */
    private boolean isOurs(Candidate candidate) {
        long oid = candidate.partition().oid();
        return candidate.isOurs()
                || Optional.ofNullable(catalog.answers().comments().get(oid))
                        .filter(comment ->
                                Adopted.says(comment, oid, catalog.server().identity()))
                        .isPresent();
    }

    private Candidates candidates(Retention.Limited known) {
        return new Candidates(draft.ranges(), known.keep(), catalog.answers().sizes());
    }

    /** For what it waits that anything is retired; empty when it may begin. */
    private Optional<Wait> waitsFor(Retention.Limited known) {
        boolean ask = known.retire() == Retention.Retire.ASK;
        return switch (request.retire()) {
            case NEVER -> Optional.of(Wait.of(Cause.PERSON));
            case AUTO ->
                ask
                        ? Optional.of(Wait.of(Cause.PERSON))
                        : trust(known)
                                .doubt()
                                .map(doubt -> Wait.of(Cause.DOUBT))
                                .or(() -> hours(known.restraint()));
            case ASKED -> Optional.empty();
        };
    }

    private Trust trust(Retention.Limited known) {
        return new Trust(draft.declaration(), known, catalog, now);
    }

    /** What is to be remembered of the run; nothing of one that only takes something back or makes something. */
    Optional<LastRun> remembered() {
        return request.retire() == Request.Retire.NEVER
                ? Optional.empty()
                : limited.flatMap(known -> trust(known).remembered(isSettled(known)));
    }

    private boolean isSettled(Retention.Limited known) {
        return request.retire() == Request.Retire.ASKED
                || candidates(known).old().stream().noneMatch(this::isDue)
                        && afterlife.steps(known).isEmpty();
    }

    private Optional<Wait> hours(Restraint restraint) {
        ZonedDateTime clock = now.atZone(draft.zone());
        return restraint
                .window()
                .filter(window -> !window.includes(clock))
                .map(window ->
                        new Wait(Cause.HOURS, Optional.of(window.next(clock).toInstant())));
    }

    private List<Step> retired(List<Candidate> old, Retention.Limited known) {
        List<Candidate> free = new ArrayList<>();
        old.stream()
                .limit(MOST_PER_RUN)
                .forEach(candidate -> holds.keeps(candidate)
                        .ifPresentOrElse(
                                cause -> keepWaiting(List.of(candidate), Wait.of(cause)), () -> free.add(candidate)));
        keepWaiting(old.stream().skip(MOST_PER_RUN).toList(), Wait.of(Cause.RUN));
        int partitions = draft.ranges().stream()
                .mapToInt(level -> level.partitions().size())
                .sum();
        if (!new Guard(table, partitions, request.most()).passes(free, findings)) {
            keepWaiting(free, Wait.of(Cause.GUARD));
            return List.of();
        }
        keepWaiting(free, Wait.of(Cause.RUN));
        List<Step> steps = new ArrayList<>();
        for (int from = 0; from < free.size(); from += MARKED_AT_ONCE) {
            List<Candidate> some = free.subList(from, Math.min(from + MARKED_AT_ONCE, free.size()));
            marked(some, known).ifPresent(steps::add);
            some.forEach(candidate -> steps.addAll(retired(candidate, known)));
        }
        return steps;
    }

    private List<Step> retired(Candidate candidate, Retention.Limited known) {
        TableName partition = candidate.partition().name();
        Marker.Comment comment = marked(candidate);
        Reason reason = reason(known);
        List<Step> steps = new ArrayList<>();
        if (mayBeConcurrent(candidate)) {
            steps.add(new DetachConcurrently(table.name(), attached(candidate), reason));
        } else {
            steps.add(new DetachPartition(table.name(), attached(candidate), comment, neighbours(candidate), reason));
        }
        if (known.then() instanceof Then.MoveTo move) {
            Retired out = new Retired(partition, candidate.partition().oid(), comment);
            steps.add(new MovePartition(table.name(), out, move.schema(), reason));
        }
        return steps;
    }

    /** What is detached concurrently is marked before. */
    private Optional<Step> marked(List<Candidate> candidates, Retention.Limited known) {
        List<MarkPartitions.Mark> marks = candidates.stream()
                .filter(this::mayBeConcurrent)
                .map(candidate -> new MarkPartitions.Mark(attached(candidate), marked(candidate)))
                .toList();
        return marks.isEmpty() ? Optional.empty() : Optional.of(new MarkPartitions(table.name(), marks, reason(known)));
    }

    private static Attached attached(Candidate candidate) {
        CatalogPartition partition = candidate.partition();
        return new Attached(partition.name(), partition.oid(), candidate.level().place(), partition.boundText());
    }

    private static Reason reason(Retention.Limited known) {
        return new Reason(Why.KEPT_LONG_ENOUGH, "keeps " + known.keep());
    }

    private boolean mayBeConcurrent(Candidate candidate) {
        return candidate.level().fallback().isEmpty()
                && table.referencedBy().isEmpty()
                && table.likeness().owner().equals(catalog.server().user());
    }

    /** The marker before what a person wrote; an older marker, of a retirement that came to nothing, goes. */
    private Marker.Comment marked(Candidate candidate) {
        long oid = candidate.partition().oid();
        Optional<String> comment =
                Optional.ofNullable(catalog.answers().comments().get(oid));
        Optional<String> rest = comment.flatMap(
                text -> Marker.Comment.parse(text).map(Marker.Comment::rest).orElse(comment));
        return new Marker.Comment(
                new Marker(
                        candidate.level().place(),
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

    private void tellWaiting(List<Candidate> due, Wait wait, Retention.Limited known) {
        boolean one = due.size() == 1;
        List<String> waysOut = wait.cause() != Cause.HOURS
                ? List.of(
                        "partita plan --retire shows what would happen, partita apply --retire does it",
                        wait.cause() == Cause.PERSON
                                ? "retire: auto lets every run do it"
                                : "from then on every run does it again")
                : List.of("to have it done now: partita apply --retire");
        findings.add(
                Severity.INFO,
                ProblemCode.RETIREMENT_WAITS,
                Candidate.words(due) + (one ? " has" : " have") + " been kept long enough and "
                        + (one ? "waits " : "wait ")
                        + words(wait, known),
                waysOut);
    }

    private String words(Wait wait, Retention.Limited known) {
        return wait.until()
                .map(until -> "until " + until.atZone(draft.zone()).format(HOUR))
                .orElseGet(() -> "for a person"
                        + (wait.cause() == Cause.DOUBT
                                ? trust(known)
                                        .doubt()
                                        .map(doubt -> ", because " + doubt)
                                        .orElse("")
                                : ""));
    }

    private void tellStrangers(List<Candidate> strangers) {
        boolean one = strangers.size() == 1;
        if (!strangers.isEmpty()) {
            findings.info(
                    ProblemCode.PARTITION_NOT_OURS,
                    Candidate.words(strangers) + (one ? " is" : " are") + " old enough to be retired, but "
                            + (one ? "its bounds are" : "their bounds are")
                            + " not those of a partition that this declaration makes; "
                            + (one ? "it stays" : "they stay"),
                    "to have it treated like the others: partita adopt "
                            + strangers.get(0).partition().name(),
                    "or retire it by hand: docs/how-to/retire-by-hand.md");
        }
    }
}
