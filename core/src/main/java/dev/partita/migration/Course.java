package dev.partita.migration;

import dev.partita.catalog.CatalogIndex;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.Likeness;
import dev.partita.declaration.Declarations;
import dev.partita.declaration.DefaultPartition;
import dev.partita.declaration.LeafOptions;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.Stretch;
import dev.partita.declaration.TableDeclaration;
import dev.partita.plan.Plan;
import dev.partita.plan.Planner;
import dev.partita.plan.Request;
import dev.partita.plan.Window;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.step.CreatePartition;
import dev.partita.step.Dressing;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.Reason.Why;
import dev.partita.step.Step;
import dev.partita.step.VacuumTable;
import dev.partita.table.PartitionBound;
import dev.partita.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What comes next in each phase: a function of what is seen. */
final class Course {

    /** After the swap nobody waits for the old table, so a rest of so many changes is left for the next time. */
    private static final int IN_STEP = 10_000;

    private final Observation seen;
    private final Rewrite rewrite;
    private final Pace pace;

    private Course(Observation seen, Pace pace) {
        this.seen = seen;
        this.pace = pace;
        this.rewrite = seen.rewrite();
    }

    static Work next(Observation seen, Pace pace) {
        Course course = new Course(seen, pace);
        if (!seen.migration().phase().isSwapped() && course.wasWrittenAnew()) {
            return Work.Do.one(course.restart());
        }
        return switch (seen.migration().phase()) {
            case PREPARING -> course.preparing();
            case COPYING -> course.copying();
            case INDEXING -> course.indexing();
            case CATCHING_UP -> course.catchingUp();
            case VERIFYING -> course.verifying();
            case READY -> course.ready();
            case IN_STEP -> course.inStep(false);
            case SWAPPED -> course.swapped();
            case ROLLING_BACK -> course.rollingBack();
            case RETURNING -> course.inStep(true);
            case FINISHED, ROLLED_BACK, ABORTED -> new Work.Rest("it is over");
        };
    }

    /** What has to be done before nothing is: writing to both tables is for a moment only. */
    static Work rest(Observation seen, Pace pace) {
        return Work.Do.one(new Course(seen, pace).apart(seen.migration().phase() == Phase.RETURNING));
    }

    private Work preparing() {
        if (seen.shadow().isEmpty()) {
            return Work.Do.one(createShadow());
        }
        List<Step> partitions = partitions();
        return partitions.isEmpty()
                ? Work.Do.one(new StartCapture(
                        rewrite, seen.migration().heaps(), pace.chunk(), because("the new table stands, and is empty")))
                : new Work.Do(partitions, false);
    }

    private Step createShadow() {
        Scheme scheme = seen.declaration().scheme();
        CatalogTable source = seen.source().table();
        NewPartition shadow = new NewPartition(
                rewrite.shadow(),
                new PartitionBound.Default(),
                source.column(scheme.column()).orElseThrow().keyType(),
                Optional.of(new NewPartition.Division(scheme.method(), scheme.column())),
                List.of());
        return new CreateShadow(
                rewrite,
                shadow,
                new Dressing(source.likeness(), LeafOptions.NONE, List.of()),
                seen.source(),
                because("it is to be partitioned"));
    }

    /** As the planner wants them for the declared table, below the new one. */
    private List<Step> partitions() {
        Plan plan =
                Planner.plan(Declarations.of(declaration(seen)), seen.catalog(), seen.now(), request(windows(seen)));
        return plan.steps()
                .filter(CreatePartition.class::isInstance)
                .map(step -> below((CreatePartition) step))
                .toList();
    }

    /** Where rows are that want partitions, however old. */
    static List<Window> windows(Observation seen) {
        return seen
                .span()
                .map(span -> new Window(seen.rewrite().table(), new Stretch.Limits(span.first(), span.last())))
                .stream()
                .toList();
    }

    /** What is asked of the planner. */
    static Request request(List<Window> windows) {
        return Request.of(windows).with(Request.Retire.NEVER);
    }

    /** With a DEFAULT, so that no row can be without a place, and with what the old table's storage was. */
    static TableDeclaration declaration(Observation seen) {
        TableDeclaration declared = seen.declaration();
        SortedMap<String, String> storage = new TreeMap<>(seen.source().storage());
        storage.putAll(declared.leaf().storage());
        return TableDeclaration.of(declared.name(), withDefault(declared.scheme()))
                .withLeaf(new LeafOptions(storage, declared.leaf().tablespace()));
    }

    private static Scheme withDefault(Scheme scheme) {
        if (scheme.fallback().wanted()) {
            return scheme;
        }
        if (scheme instanceof Scheme.Range range) {
            return range.otherwise(DefaultPartition.ALERT);
        }
        return scheme instanceof Scheme.Values values ? values.otherwise(DefaultPartition.ALERT) : scheme;
    }

    private Step below(CreatePartition step) {
        return new CreatePartition(
                step.table(),
                step.parent().equals(rewrite.table()) ? rewrite.shadow() : step.parent(),
                step.partition(),
                step.dressing(),
                List.of(),
                step.reason());
    }

    private Work copying() {
        if (unfit(seen.chunks())) {
            return Work.Do.one(new DivideAnew(rewrite, pace.chunk(), because("a piece is to take about a second")));
        }
        List<Step> copies = seen.chunks().stream()
                .<Step>map(chunk -> new CopyBlocks(
                        rewrite,
                        seen.migration().heaps(),
                        seen.migration().copy().orElseThrow(),
                        chunk,
                        because("the rows that were there when capture began")))
                .toList();
        return copies.isEmpty()
                ? Work.Do.one(new Advance(rewrite, Phase.COPYING, Phase.INDEXING, because("all blocks are copied")))
                : new Work.Do(copies, true);
    }

    /** Whether what is left is in pieces twice as large as they are wanted, or half as large. */
    private boolean unfit(List<Observation.Chunk> chunks) {
        for (int i = 0; i < chunks.size(); i++) {
            Observation.Chunk chunk = chunks.get(i);
            boolean large = chunk.end() - chunk.first() >= 2 * pace.chunk();
            boolean small = i > 0
                    && chunks.get(i - 1).identity() == chunk.identity()
                    && chunks.get(i - 1).end() == chunk.first()
                    && chunk.end() - chunks.get(i - 1).first() <= pace.chunk();
            if (large || small) {
                return true;
            }
        }
        return false;
    }

    private boolean wasWrittenAnew() {
        return seen.migration()
                .copy()
                .filter(copy -> !copy.files().equals(seen.files()))
                .isPresent();
    }

    private Step restart() {
        return new RestartCopy(
                rewrite,
                seen.migration().heaps(),
                pace.chunk(),
                because(rewrite.table() + " was written anew, by TRUNCATE, CLUSTER, VACUUM FULL or the like"));
    }

    private Work indexing() {
        List<Step> steps = new ArrayList<>();
        for (Observation.Leaf leaf : seen.leaves()) {
            List<IndexShape> lacking = seen.shapes().stream()
                    .filter(shape -> !leaf.indexes().contains(shape.nameOn(leaf.name())))
                    .toList();
            if (!lacking.isEmpty()) {
                steps.add(new IndexLeaf(rewrite, leaf.name(), seen.source().columns(), lacking, because("it is full")));
            }
        }
        if (steps.isEmpty() && mayVacuum()) {
            seen.leaves().stream()
                    .filter(leaf -> leaf.filled() && !leaf.vacuumed())
                    .forEach(leaf ->
                            steps.add(new VacuumTable(rewrite.table(), leaf.name(), because("it was just filled"))));
        }
        if (!steps.isEmpty()) {
            return new Work.Do(steps, true);
        }
        boolean indexed =
                seen.shadow().filter(shadow -> !shadow.indexes().isEmpty()).isPresent();
        return Work.Do.one(
                indexed
                        ? new Advance(
                                rewrite,
                                Phase.INDEXING,
                                Phase.CATCHING_UP,
                                State.SETTLED,
                                because("the new table has its indexes"))
                        : new IndexShadow(rewrite, seen.shapes(), because("all leaves have them")));
    }

    /** Only an owner may, and a statement with transactions of its own cannot borrow his rights. */
    private boolean mayVacuum() {
        Likeness likeness = seen.source().table().likeness();
        return likeness.owner().equals(seen.catalog().server().user());
    }

    private Work catchingUp() {
        if (seen.backlog() > pace.little()) {
            return Work.Do.one(apply(false));
        }
        return Work.Do.one(new Advance(
                rewrite,
                Phase.CATCHING_UP,
                Phase.VERIFYING,
                State.SETTLED,
                because("next to nothing is left to bring over")));
    }

    private Step apply(boolean back) {
        return new ApplyLog(rewrite, back, pace.batch(), because("changes were noted"));
    }

    private Sql unmoved() {
        return seen.migration()
                .heaps()
                .unmoved(seen.migration().copy().orElseThrow().files(), rewrite.table());
    }

    private Work verifying() {
        return new Work.Do(
                List.of(
                        new Verify(
                                rewrite,
                                Optional.of(unmoved()),
                                false,
                                seen.source().hashable(),
                                because("nothing is taken on trust")),
                        analyze()),
                true);
    }

    private Step analyze() {
        return new AnalyzeShadow(rewrite, because("nobody else does it for the table as a whole"));
    }

    private Work ready() {
        if (seen.backlog() > pace.left()) {
            return Work.Do.one(apply(false));
        }
        if (!seen.analyzed()) {
            return Work.Do.one(analyze());
        }
        Optional<String> postponed = seen.migration().postponed(seen.now());
        if (postponed.isPresent()) {
            return meanwhile(new Work.Wait(postponed.get(), Duration.ofSeconds(1)));
        }
        return seen.older().isEmpty() ? Work.Do.one(mirror(false)) : meanwhile(older());
    }

    private Step mirror(boolean back) {
        return new MirrorChanges(
                rewrite,
                back,
                seen.migration().phase(),
                because("nobody is to see a difference when they change places"));
    }

    private Step apart(boolean back) {
        return new NoteChanges(rewrite, back, because("the two do not change places yet"));
    }

    /** Only whose snapshot is from before still notes what it changes. */
    private Work inStep(boolean back) {
        if (seen.backlog() > pace.little()
                || !back && seen.migration().postponed(seen.now()).isPresent()) {
            return Work.Do.one(apart(back));
        }
        if (seen.backlog() > 0) {
            return Work.Do.one(mirror(back));
        }
        if (!seen.older().isEmpty()) {
            return older();
        }
        return Work.Do.one(back ? swapBack() : swap());
    }

    /** The new table is kept in step while the swap waits. */
    private Work meanwhile(Work.Wait wait) {
        return seen.backlog() > 0 ? Work.Do.one(apply(false)) : wait;
    }

    private Work.Wait older() {
        return new Work.Wait("for " + seen.older().get(0), Duration.ofMillis(200));
    }

    private Step swap() {
        boolean mayHoldRows = seen.declaration().scheme().fallback().policy() == DefaultPartition.Policy.ACCEPT;
        return new SwapTables(
                rewrite,
                seen.source(),
                unmoved(),
                seen.shapes(),
                seen.leaves().stream().map(Observation.Leaf::name).toList(),
                fallback(seen).filter(partition -> !mayHoldRows),
                because("the two are the same"));
    }

    /** Where rows lie that have no partition of their own. */
    private static Optional<TableName> fallback(Observation seen) {
        return seen.shadow()
                .flatMap(shadow -> shadow.partitions().stream()
                        .filter(CatalogPartition::isDefault)
                        .map(CatalogPartition::name)
                        .findFirst());
    }

    /** What ends a migration for good. */
    static Step finish(Observation seen) {
        boolean declared = seen.declaration().scheme().fallback().wanted();
        return new Finish(
                seen.rewrite(),
                fallback(seen).filter(partition -> !declared),
                because("somebody says that it is not needed any more"));
    }

    private Work swapped() {
        List<Step> proofs = new ArrayList<>();
        for (Observation.Leaf leaf : seen.leaves()) {
            for (Identifier key : leaf.unproven()) {
                proofs.add(new ProveForeignKey(rewrite, leaf.name(), key, because("it holds for new rows already")));
            }
        }
        seen.source().referencing().stream()
                .filter(key -> !key.proved())
                .forEach(key -> proofs.add(new ProveForeignKey(
                        rewrite, key.table(), key.name(), because("it holds for new rows already"))));
        if (!proofs.isEmpty()) {
            return new Work.Do(proofs, true);
        }
        List<Step> keys = seen.source().keys().stream()
                .filter(key -> !seen.adopted().contains(key.name()))
                .<Step>map(key -> new AdoptForeignKey(rewrite, key, because("each leaf has it")))
                .toList();
        if (!keys.isEmpty()) {
            return new Work.Do(keys, false);
        }
        return seen.backlog() > IN_STEP
                ? Work.Do.one(apply(true))
                : new Work.Rest(rewrite.retired() + " is kept in step: partita migrate finish drops it, and until then "
                        + "partita migrate rollback goes back to it without losing a write");
    }

    private Work rollingBack() {
        if (seen.backlog() > pace.left()) {
            return Work.Do.one(apply(true));
        }
        if (seen.migration().settled().isEmpty()) {
            return Work.Do.one(new Verify(
                    rewrite, Optional.empty(), true, seen.source().hashable(), because("nothing is taken on trust")));
        }
        return seen.older().isEmpty() ? Work.Do.one(mirror(true)) : older();
    }

    private Step swapBack() {
        Set<Identifier> old =
                seen.source().indexes().stream().map(Source.Index::name).collect(Collectors.toSet());
        List<Identifier> names = seen.shadow().stream()
                .flatMap(table -> table.indexes().stream())
                .map(CatalogIndex::name)
                .filter(name -> old.contains(Rewrite.retired(name)))
                .toList();
        return new SwapBack(rewrite, seen.source(), names, because("somebody wants the old table back"));
    }

    static Reason because(String sentence) {
        return new Reason(Why.NEW, sentence);
    }
}
