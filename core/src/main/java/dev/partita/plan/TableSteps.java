package dev.partita.plan;

import dev.partita.catalog.AddedColumn;
import dev.partita.catalog.Answers;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogColumn;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.DetachedPartition;
import dev.partita.catalog.Questions;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Lock;
import dev.partita.step.AlignPartition;
import dev.partita.step.AttachAgain;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreateIndex;
import dev.partita.step.CreatePartition;
import dev.partita.step.CreateTable;
import dev.partita.step.Dressing;
import dev.partita.step.DropExclusion;
import dev.partita.step.ExcludeFromDefault;
import dev.partita.step.Exclusion;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.RelationLock;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.step.ValidateExclusion;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionBound.Range;
import dev.partita.table.RangeLimit;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what a table lacks into steps, with what the database answered. */
final class TableSteps {

    /** So many partitions of ranges a run makes for one table; the rest waits for the next run. */
    static final int MOST_PER_RUN = 100;

    /** Up to 8 MiB ATTACH scans a DEFAULT within milliseconds. */
    static final long SMALL_DEFAULT_PAGES = 1_024;

    private final Draft draft;
    private final TableDeclaration declaration;
    private final CatalogTable table;
    private final Catalog catalog;
    private final Set<TableName> planned;
    private final Findings findings;
    private final List<Missing> made = new ArrayList<>();
    private final List<LeakedRows> withRows = new ArrayList<>();

    /**
     * @param planned names that steps of the whole plan make already; grows
     */
    TableSteps(Draft draft, CatalogTable table, Catalog catalog, Set<TableName> planned) {
        this.draft = draft;
        this.declaration = draft.declaration();
        this.table = table;
        this.catalog = catalog;
        this.planned = planned;
        this.findings = draft.findings();
    }

    /** What is asked about the missing partitions. */
    static List<Questions.DefaultRows> questions(List<Missing> missing) {
        return missing.stream().flatMap(lack -> question(lack).stream()).toList();
    }

    private static Optional<Questions.DefaultRows> question(Missing lack) {
        PartitionBound bound = lack.partition().bound();
        boolean mayLieInDefault = bound instanceof Range || bound instanceof PartitionBound.Values;
        return lack.fallback()
                .filter(fallback -> mayLieInDefault)
                .map(fallback -> new Questions.DefaultRows(
                        fallback.name(), lack.column(), lack.partition().type(), bound));
    }

    /** The steps, in the order in which they run. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>(leftovers());
        if (table.rehearsed()) {
            steps.add(new CreateTable(
                    declaration.name(),
                    declaration.create().orElseThrow(),
                    new NewPartition.Division(
                            declaration.scheme().method(), declaration.scheme().column()),
                    table.references(),
                    new Reason(Reason.Why.NEW, "the table is declared and does not exist")));
        }
        steps.addAll(indexes());
        List<Missing> possible =
                withinLimit(draft.missing().stream().filter(this::nameIsFree).toList());
        Map<TableName, List<Missing>> behindLargeDefault = new LinkedHashMap<>();
        for (Missing lack : possible) {
            switch (road(lack)) {
                case PLAIN -> steps.addAll(create(lack));
                case EXCLUDE ->
                    behindLargeDefault
                            .computeIfAbsent(lack.fallback().orElseThrow().name(), name -> new ArrayList<>())
                            .add(lack);
                case MOVE, NONE -> {}
            }
        }
        behindLargeDefault.values().forEach(group -> steps.addAll(excluded(group)));
        for (LeakedRows leaked : withRows) {
            leaked.columns()
                    .ifPresentOrElse(
                            columns -> steps.add(createWithRows(leaked.lack(), leaked, columns)),
                            () -> leaked.tell(findings));
        }
        return steps;
    }

    /** What the steps make. */
    List<Missing> made() {
        return made;
    }

    private List<Step> leftovers() {
        List<Step> steps = new ArrayList<>();
        table.tree()
                .forEach(
                        partition -> partition
                                .leftoverChecks()
                                .forEach(
                                        check -> steps.add(
                                                new DropExclusion(
                                                        declaration.name(),
                                                        partition.name(),
                                                        check,
                                                        new Reason(
                                                                Reason.Why.LEFTOVER,
                                                                "an interrupted run left it behind, and it refuses rows of the range it names")))));
        return steps;
    }

    /** While nothing would be scanned; on a table with partitions they are built online, later. */
    private List<Step> indexes() {
        return declaration.indexes().stream()
                .filter(index -> table.partitions().isEmpty()
                        && table.indexes().stream().noneMatch(there -> Indexing.serves(there, index)))
                .<Step>map(index ->
                        new CreateIndex(declaration.name(), index, new Reason(Reason.Why.NEW, "the index is declared")))
                .toList();
    }

    private boolean nameIsFree(Missing lack) {
        if (lack.again().isPresent()) {
            return true;
        }
        List<TableName> names = lack.partition().tree().map(NewPartition::name).toList();
        for (TableName name : names) {
            Answers.Taken taken = catalog.answers().taken().get(name);
            if (taken != null) {
                tellTaken(name, taken);
                return false;
            }
            if (planned.contains(name)
                    || names.indexOf(name) != names.lastIndexOf(name)
                    || name.equals(declaration.name())) {
                findings.error(
                        ProblemCode.NAME_COLLIDES,
                        "two partitions would both be called " + name,
                        "give the level a name: template that tells its partitions apart");
                return false;
            }
        }
        planned.addAll(names);
        return true;
    }

    private void tellTaken(TableName name, Answers.Taken taken) {
        String rows = taken.rowsInside()
                .map(inside -> inside ? " that holds rows" : ", empty")
                .orElse("");
        findings.error(
                ProblemCode.NAME_TAKEN,
                "partition " + name + " is wanted, but " + taken.what() + " of that name exists" + rows
                        + " and does not belong to this table in that place",
                waysOut(name, taken.kind()));
    }

    private String[] waysOut(TableName name, Answers.Taken.Kind kind) {
        String rename =
                "rename it: ALTER " + (kind == Answers.Taken.Kind.TYPE ? "TYPE " : "TABLE ") + name + " RENAME TO …";
        String otherNames = "or choose other names for partitions with name:";
        if (table.detached().stream().anyMatch(detached -> detached.name().equals(name))) {
            return new String[] {"it was retired; to have it back: partita restore " + name, rename};
        }
        return kind == Answers.Taken.Kind.TABLE
                ? new String[] {
                    "if its rows belong here, attach it: ALTER TABLE " + declaration.name() + " ATTACH PARTITION "
                            + name + " FOR VALUES …",
                    "else " + rename,
                    otherNames
                }
                : new String[] {rename, otherNames};
    }

    private List<Missing> withinLimit(List<Missing> missing) {
        List<Missing> ranges = missing.stream()
                .filter(lack -> lack.partition().bound() instanceof Range)
                .toList();
        if (ranges.size() <= MOST_PER_RUN) {
            return missing;
        }
        List<Missing> later = ranges.subList(MOST_PER_RUN, ranges.size());
        findings.info(
                ProblemCode.MORE_IN_THE_NEXT_RUN,
                later.size() + " more partitions are wanted; one run makes at most " + MOST_PER_RUN + " of a table",
                "run apply again");
        return missing.stream().filter(lack -> !later.contains(lack)).toList();
    }

    private enum Road {
        PLAIN,
        EXCLUDE,
        MOVE,
        NONE
    }

    /** How a partition can be attached beside its DEFAULT. */
    private Road road(Missing lack) {
        Optional<Questions.DefaultRows> question = question(lack);
        if (question.isEmpty()) {
            return Road.PLAIN;
        }
        TableName fallback = question.get().partition();
        Answers.Rows rows =
                catalog.answers().rows().getOrDefault(question.get(), new Answers.Rows.Unknown("nobody looked", false));
        if (rows instanceof Answers.Rows.Counted counted && counted.count() > 0) {
            withRows.add(leaked(lack, counted));
            return Road.MOVE;
        }
        Long pages = catalog.answers().pages().get(fallback);
        if (pages != null && pages <= SMALL_DEFAULT_PAGES && rows instanceof Answers.Rows.Counted) {
            return Road.PLAIN;
        }
        if (lack.future() && pages != null) {
            return Road.EXCLUDE;
        }
        if (rows instanceof Answers.Rows.Unknown unknown && !unknown.tooLarge() || pages == null) {
            tellUnreadable(lack, fallback, rows);
        } else {
            findings.error(
                    ProblemCode.DEFAULT_TOO_LARGE,
                    "partition " + lack.partition().name() + " is wanted, but attaching it would scan " + fallback
                            + String.format(" (%,d MiB)", pages / 128) + " while all reads and writes of it wait",
                    "drain " + fallback + ", or attach the partition by hand in a quiet hour",
                    "partitions that are made before their time comes do not have this problem: raise ahead:");
        }
        return Road.NONE;
    }

    private void tellUnreadable(Missing lack, TableName fallback, Answers.Rows rows) {
        findings.error(
                ProblemCode.DEFAULT_UNREADABLE,
                "partition " + lack.partition().name() + " is wanted, but whether " + fallback
                        + " holds rows of it cannot be seen: "
                        + (rows instanceof Answers.Rows.Unknown unknown ? unknown.why() : "its size is not known"),
                "if somebody holds a lock, run again when it is gone",
                "if a right is missing: GRANT SELECT ON " + fallback + " to the role that partita acts for");
    }

    private LeakedRows leaked(Missing lack, Answers.Rows.Counted counted) {
        CatalogPartition fallback = lack.fallback().orElseThrow();
        return new LeakedRows(
                lack,
                fallback,
                counted,
                Optional.ofNullable(catalog.answers().pages().get(fallback.name())),
                Optional.ofNullable(catalog.answers().moving().get(fallback.name())));
    }

    /** With the rows that lie in DEFAULT; they are moved last, so that nothing waits for them. */
    private Step createWithRows(Missing lack, LeakedRows leaked, List<Identifier> columns) {
        made.add(lack);
        TableName fallback = leaked.fallback().name();
        CreatePartition creation =
                creation(lack, new Reason(lack.reason().why(), lack.reason() + "; its rows lie in " + fallback));
        return new CreateFromDefault(
                creation, fallback, lack.column(), columns, leaked.counted().count());
    }

    private List<Step> create(Missing lack) {
        made.add(lack);
        return lack.again()
                .map(detached -> comingBack(lack, detached))
                .orElseGet(() -> List.of(creation(lack, lack.reason())));
    }

    private CreatePartition creation(Missing lack, Reason reason) {
        return new CreatePartition(
                declaration.name(),
                lack.parent(),
                lack.partition(),
                new Dressing(
                        table.likeness(),
                        declaration.leaf(),
                        new Newest(draft.ranges()).of(declaration.leafIndexes(), lack)),
                neighbours(lack),
                reason);
    }

    /** What has to look at its rows comes before and by itself, so that the table is not locked meanwhile. */
    private List<Step> comingBack(Missing lack, DetachedPartition detached) {
        Retired retired = new Retired(detached.name(), detached.oid(), detached.comment());
        List<Identifier> notNull = table.columns().stream()
                .filter(CatalogColumn::notNull)
                .map(CatalogColumn::name)
                .filter(name -> detached.columns().stream()
                        .anyMatch(there -> there.name().equals(name) && !there.notNull()))
                .toList();
        if (notNull.isEmpty() && detached.checks().isEmpty()) {
            return List.of(attachAgain(lack, detached, retired, detached.lacking()));
        }
        return List.of(
                new AlignPartition(
                        declaration.name(),
                        retired,
                        detached.below(),
                        detached.lacking(),
                        notNull,
                        detached.checks(),
                        new Reason(
                                lack.reason().why(),
                                lack.reason() + "; it lacks what the table has come to demand of its rows")),
                attachAgain(lack, detached, retired, List.of()));
    }

    private Step attachAgain(Missing lack, DetachedPartition detached, Retired retired, List<AddedColumn> columns) {
        List<RelationLock> locks = new ArrayList<>(neighbours(lack));
        detached.below().forEach(name -> locks.add(new RelationLock(name, Lock.ACCESS_EXCLUSIVE)));
        return new AttachAgain(
                declaration.name(),
                lack.parent(),
                retired,
                lack.partition().bound(),
                lack.partition().type(),
                columns,
                locks,
                lack.reason());
    }

    /** What ATTACH locks besides the parent, measured on 14 to 18. */
    private List<RelationLock> neighbours(Missing lack) {
        List<RelationLock> locks = new ArrayList<>();
        Set<TableName> fallback = new LinkedHashSet<>();
        lack.fallback().stream()
                .flatMap(CatalogPartition::tree)
                .map(CatalogPartition::name)
                .forEach(fallback::add);
        // What earlier steps of this plan make below DEFAULT is scanned as well.
        made.stream()
                .filter(earlier -> fallback.contains(earlier.parent()))
                .flatMap(earlier -> earlier.partition().tree())
                .map(NewPartition::name)
                .forEach(fallback::add);
        fallback.forEach(name -> locks.add(new RelationLock(name, Lock.ACCESS_EXCLUSIVE)));
        table.references().forEach(name -> locks.add(new RelationLock(name, Lock.SHARE_ROW_EXCLUSIVE)));
        Lock onReferencing = catalog.server().major() == 14 ? Lock.ACCESS_SHARE : Lock.SHARE_ROW_EXCLUSIVE;
        table.referencedBy().forEach(name -> locks.add(new RelationLock(name, onReferencing)));
        return locks;
    }

    /** One promise over all ranges of a group, so that DEFAULT is scanned once. */
    private List<Step> excluded(List<Missing> group) {
        Missing first = group.get(0);
        CatalogPartition fallback = first.fallback().orElseThrow();
        RangeLimit from = group.stream()
                .map(lack -> ((Range) lack.partition().bound()).from())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        RangeLimit to = group.stream()
                .map(lack -> ((Range) lack.partition().bound()).to())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Identifier column = first.column();
        Exclusion exclusion =
                new Exclusion(fallback.name(), column, first.partition().type(), new Range(from, to));
        Reason kindness = new Reason(
                Reason.Why.KINDNESS,
                fallback.name()
                        + " is large: proved empty for the range first, it is not scanned while everybody waits");
        List<Step> steps = new ArrayList<>();
        steps.add(new ExcludeFromDefault(declaration.name(), exclusion, kindness));
        steps.add(new ValidateExclusion(declaration.name(), exclusion, kindness));
        group.forEach(lack -> steps.addAll(create(lack)));
        steps.add(new DropExclusion(
                declaration.name(),
                fallback.name(),
                exclusion.constraint(),
                new Reason(Reason.Why.KINDNESS, "the proof has served its purpose")));
        return steps;
    }
}
