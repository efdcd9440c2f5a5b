package dev.partita.plan;

import dev.partita.catalog.Adopted;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.LastRun;
import dev.partita.catalog.Questions;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.Restraint;
import dev.partita.declaration.Retention;
import dev.partita.declaration.Retention.Keep;
import dev.partita.plan.Outlook.Cause;
import dev.partita.plan.Outlook.Wait;
import dev.partita.plan.Outlook.Waiting;
import dev.partita.problem.ProblemCode;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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

/** Takes out of a table what has been kept long enough, and only what is ours; {@code docs/design/retiring.md} has the reasons. */
final class Retirement {

    /** So many partitions of a table one run retires. */
    private static final int MOST_PER_RUN = 100;

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("EEEE d MMMM HH:mm", Locale.ENGLISH);

    private final Draft draft;
    private final CatalogTable table;
    private final Catalog catalog;
    private final Request request;
    private final Instant now;
    private final Findings findings;
    private final Afterlife afterlife;
    private final Optional<Limit> limit;
    private final Holds holds;
    private final Storage storage;

    Retirement(Draft draft, CatalogTable table, Catalog catalog, Request request, Instant now) {
        this.draft = draft;
        this.table = table;
        this.catalog = catalog;
        this.request = request;
        this.now = now;
        this.findings = draft.findings();
        this.afterlife = new Afterlife(draft, table, catalog.server().identity(), now);
        Optional<Retention.Limited> limited = draft.declaration().retention().limited();
        this.limit = limited.map(known -> new Limit(known, new Trust(draft.declaration(), known, catalog, now)));
        this.holds = new Holds(
                table, limited.map(Retention.Limited::restraint).orElse(Restraint.NONE), catalog.answers(), findings);
        this.storage = Storage.of(draft.declaration().retention(), catalog);
    }

    /**
     * What is kept, and whether a run that nobody watches may believe it.
     *
     * @param known what is declared
     * @param trust whether it may be believed
     */
    private record Limit(Retention.Limited known, Trust trust) {}

    /**
     * What was decided.
     *
     * @param steps each partition's together, oldest first
     * @param keeps the limit that is kept, as people read it; empty where nothing is ever retired, or by size
     * @param outlook what waits, and what comes next
     * @param remembered of this run; empty when nothing is
     */
    record Decision(List<Step> steps, Optional<String> keeps, Outlook outlook, Optional<LastRun> remembered) {
        static final Decision NONE = new Decision(List.of(), Optional.empty(), Outlook.NONE, Optional.empty());
    }

    /** What has to be known before {@link #decision} can be taken. */
    Questions questions() {
        Set<Long> comments =
                afterlife.pending().map(each -> each.partition().oid()).collect(Collectors.toSet());
        Set<Long> sizes = new HashSet<>();
        List<Candidate> asked = new ArrayList<>();
        List<Candidate> strangers = new ArrayList<>();
        limit.ifPresent(limit -> {
            boolean bySize = limit.known().keep() instanceof Keep.Bytes;
            if (bySize) {
                table.leaves().map(CatalogPartition::oid).forEach(sizes::add);
            }
            Candidates candidates = candidates(limit);
            List<Candidate> old = candidates.old();
            old.stream()
                    .filter(candidate -> !candidate.isOurs())
                    .limit(MOST_PER_RUN)
                    .forEach(strangers::add);
            if (waitsFor(limit).isEmpty()) {
                (bySize ? candidates.past() : old)
                        .stream()
                                .filter(this::isDue)
                                .limit(bySize ? Long.MAX_VALUE : MOST_PER_RUN)
                                .forEach(asked::add);
            }
        });
        Stream.concat(asked.stream(), strangers.stream())
                .forEach(candidate -> comments.add(candidate.partition().oid()));
        return Questions.aboutRetired(comments, sizes)
                .and(storage.questions(asked.stream().map(Candidate::partition)))
                .and(holds.questions(Stream.concat(asked.stream().limit(MOST_PER_RUN), strangers.stream())
                        .toList()));
    }

    /** What becomes of what has been kept long enough, and of what is out already. */
    Decision decision() {
        List<Step> steps = new ArrayList<>(afterlife.finished(catalog.answers().comments()));
        steps.addAll(afterlife.released(request.released()));
        afterlife.tellCopies();
        List<Waiting> waiting = new ArrayList<>();
        Optional<LastRun> remembered = Optional.empty();
        Optional<Wait> wait = limit.flatMap(this::waitsFor);
        if (limit.isPresent()) {
            List<Candidate> due = due(limit.get(), waiting);
            afterlife.tellUnreleased(limit.get().known(), request.released().keySet());
            List<Step> over = afterlife.steps(limit.get().known());
            if (wait.isPresent()) {
                tellWaiting(due, wait.get(), limit.get().trust());
                keepWaiting(due, wait.get(), waiting);
            } else if (storage.exists(findings)) {
                steps.addAll(over);
                steps.addAll(retiring(due, limit.get().known(), waiting));
            }
            remembered = remembered(limit.get().trust(), due.isEmpty() && over.isEmpty());
        }
        return new Decision(steps, keeps(), outlook(wait.orElse(Wait.of(Cause.RUN)), waiting), remembered);
    }

    private Optional<String> keeps() {
        return limit.flatMap(limit -> draft.ranges().stream()
                .flatMap(level -> level.cutoff(limit.known().keep()).map(level::firstKept).stream())
                .findFirst());
    }

    private Outlook outlook(Wait drop, List<Waiting> waiting) {
        return new Outlook(
                afterlife.told(drop),
                Stream.concat(waiting.stream().sorted(Comparator.comparing(Waiting::name)), leaked())
                        .toList(),
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

    private static void keepWaiting(List<Candidate> candidates, Wait wait, List<Waiting> waiting) {
        candidates.forEach(
                candidate -> waiting.add(new Waiting(candidate.partition().name(), wait)));
    }

    /** What has been kept long enough and may go; says what may not. */
    private List<Candidate> due(Limit limit, List<Waiting> waiting) {
        Map<Boolean, List<Candidate>> old =
                candidates(limit).old().stream().collect(Collectors.partitioningBy(this::isOurs));
        List<Candidate> ours = old.getOrDefault(true, List.of());
        Set<TableName> adopted =
                request.adopted().stream().map(Request.Adoption::partition).collect(Collectors.toSet());
        List<Candidate> strangers = old.getOrDefault(false, List.of()).stream()
                .filter(candidate -> !adopted.contains(candidate.partition().name()))
                .toList();
        tellStrangers(strangers);
        keepWaiting(strangers, Wait.of(Cause.BOUNDS), waiting);
        holds.tellPinned(ours);
        keepWaiting(ours.stream().filter(holds::isPinned).toList(), Wait.of(Cause.PIN), waiting);
        return ours.stream().filter(candidate -> !holds.isPinned(candidate)).toList();
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

    private Candidates candidates(Limit limit) {
        return new Candidates(
                draft.ranges(), limit.known().keep(), catalog.answers().sizes());
    }

    /** For what it waits that anything is retired; empty when it may begin. */
    private Optional<Wait> waitsFor(Limit limit) {
        boolean ask = limit.known().retire() == Retention.Retire.ASK;
        return switch (request.retire()) {
            case NEVER -> Optional.of(Wait.of(Cause.PERSON));
            case AUTO ->
                ask
                        ? Optional.of(Wait.of(Cause.PERSON))
                        : limit.trust()
                                .doubt()
                                .map(doubt -> Wait.of(Cause.DOUBT))
                                .or(() -> hours(limit.known().restraint()));
            case ASKED -> Optional.empty();
        };
    }

    /** Nothing of a run that only takes something back or makes something. */
    private Optional<LastRun> remembered(Trust trust, boolean nothingIsDue) {
        return request.retire() == Request.Retire.NEVER
                ? Optional.empty()
                : trust.remembered(request.retire() == Request.Retire.ASKED || nothingIsDue);
    }

    private Optional<Wait> hours(Restraint restraint) {
        ZonedDateTime clock = now.atZone(draft.zone());
        return restraint
                .window()
                .filter(window -> !window.includes(clock))
                .map(window ->
                        new Wait(Cause.HOURS, Optional.of(window.next(clock).toInstant())));
    }

    private List<Step> retiring(List<Candidate> due, Retention.Limited known, List<Waiting> waiting) {
        if (due.isEmpty() || !holds.canBeSeen()) {
            keepWaiting(due, Wait.of(Cause.ROWS), waiting);
            return List.of();
        }
        List<Candidate> free = new ArrayList<>();
        due.stream()
                .limit(MOST_PER_RUN)
                .forEach(candidate -> holds.keeps(candidate)
                        .ifPresentOrElse(
                                cause -> keepWaiting(List.of(candidate), Wait.of(cause), waiting),
                                () -> free.add(candidate)));
        keepWaiting(due.stream().skip(MOST_PER_RUN).toList(), Wait.of(Cause.RUN), waiting);
        int partitions = draft.ranges().stream()
                .mapToInt(level -> level.partitions().size())
                .sum();
        if (!new Guard(table, partitions, request.most()).passes(free, findings)) {
            keepWaiting(free, Wait.of(Cause.GUARD), waiting);
            return List.of();
        }
        keepWaiting(free, Wait.of(Cause.RUN), waiting);
        return new Detaching(table, catalog, now, known).steps(free);
    }

    private void tellWaiting(List<Candidate> due, Wait wait, Trust trust) {
        if (due.isEmpty()) {
            return;
        }
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
                        + words(wait, trust),
                waysOut);
    }

    private String words(Wait wait, Trust trust) {
        return wait.until()
                .map(until -> "until " + until.atZone(draft.zone()).format(HOUR))
                .orElseGet(() -> "for a person"
                        + (wait.cause() == Cause.DOUBT
                                ? trust.doubt()
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
