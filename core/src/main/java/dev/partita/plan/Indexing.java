package dev.partita.plan;

import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogIndex;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.PartitionIndexes;
import dev.partita.catalog.Questions;
import dev.partita.catalog.RelationKind;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.declaration.TableDeclaration;
import dev.partita.problem.ProblemCode;
import dev.partita.sql.Identifier;
import dev.partita.sql.Sql;
import dev.partita.step.AttachIndex;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.CreateIndexOnly;
import dev.partita.step.DropIndexConcurrently;
import dev.partita.step.Reason;
import dev.partita.step.Step;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the declared indexes that a table with partitions lacks, while everybody works; {@code docs/design/indexing.md} has the
 * reasons.
 */
final class Indexing {

    private final Draft draft;
    private final TableDeclaration declaration;
    private final CatalogTable table;
    private final Catalog catalog;
    private final Findings findings;
    private final IndexNames names;
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param planned names that steps of the whole plan make already; grows
     */
    Indexing(Draft draft, CatalogTable table, Catalog catalog, Set<TableName> planned) {
        this.draft = draft;
        this.declaration = draft.declaration();
        this.table = table;
        this.catalog = catalog;
        this.findings = draft.findings();
        this.names = new IndexNames(catalog.answers().taken().keySet(), planned);
    }

    /** Whether an index does what a declared one is for. */
    static boolean serves(CatalogIndex there, IndexDeclaration wanted) {
        List<CatalogIndex.Part> parts = wanted.columns().stream()
                .map(column -> new CatalogIndex.Part(Optional.of(column.column()), column.descending()))
                .toList();
        return !there.partial()
                && there.method().equals(wanted.method())
                && there.parts().equals(parts)
                && there.include().containsAll(wanted.include())
                && (!wanted.unique() || there.enforcesUniqueness());
    }

    /** What has to be known before {@link #steps} can decide; nothing as long as no declared index is missing. */
    Questions questions() {
        List<IndexDeclaration> wanted = Stream.concat(
                        missing().map(Frame::index), existing() ? declaration.leafIndexes().stream() : Stream.empty())
                .toList();
        if (wanted.isEmpty()) {
            return Questions.NONE;
        }
        Set<Long> indexed = new HashSet<>();
        Set<TableName> wantedNames = new HashSet<>();
        declaration.indexes().stream()
                .flatMap(index -> index.name().stream())
                .map(table.name()::sibling)
                .forEach(wantedNames::add);
        TreePlace.of(table, draft.missing()).tree().forEach(place -> {
            place.oid().ifPresent(indexed::add);
            wantedNames.addAll(IndexNames.possible(place.name(), wanted));
        });
        return Questions.aboutIndexes(indexed, wantedNames);
    }

    private boolean existing() {
        return !table.rehearsed() && !table.partitions().isEmpty();
    }

    /** The declared indexes that the table does not have, or not on all of its partitions. */
    private Stream<Frame> missing() {
        return existing() ? declaration.indexes().stream().flatMap(index -> frame(index).stream()) : Stream.empty();
    }

    private Optional<Frame> frame(IndexDeclaration index) {
        List<CatalogIndex> serving =
                table.indexes().stream().filter(there -> serves(there, index)).toList();
        if (serving.stream().anyMatch(CatalogIndex::valid)) {
            return Optional.empty();
        }
        return serving.stream()
                .filter(there ->
                        there.kind() == CatalogIndex.Kind.PLAIN || there.kind() == CatalogIndex.Kind.UNIQUE_INDEX)
                .findFirst()
                .map(begun -> new Frame(asDeclared(begun), Optional.of(begun.name())))
                .or(() -> serving.isEmpty() ? Optional.of(new Frame(index, Optional.empty())) : Optional.empty());
    }

    /**
     * What one index is to be on a relation with partitions.
     *
     * @param index what it is like
     * @param begun its name, where it is there and unfinished
     */
    private record Frame(IndexDeclaration index, Optional<Identifier> begun) {}

    /** Somebody has begun it, maybe with more columns to carry: then every partition's has to be like it. */
    private static IndexDeclaration asDeclared(CatalogIndex index) {
        return new IndexDeclaration(
                Optional.empty(),
                index.enforcesUniqueness(),
                index.method(),
                index.parts().stream()
                        .map(part -> new IndexDeclaration.Column(part.column().orElseThrow(), part.descending()))
                        .toList(),
                index.include(),
                Optional.empty());
    }

    /**
     * The steps, one index after the other.
     *
     * @param made the partitions that come before, in the same plan
     * @param leaving the partitions that are taken out before, in the same plan
     */
    List<Step> steps(List<Missing> made, Set<TableName> leaving) {
        List<Frame> frames = missing().toList();
        List<IndexDeclaration> onLeaves = existing() ? declaration.leafIndexes() : List.of();
        if (frames.isEmpty() && onLeaves.isEmpty()) {
            return List.of();
        }
        TreePlace root = TreePlace.of(table, made).without(leaving);
        frames.forEach(frame -> build(frame, root));
        onLeaves.forEach(index -> onLeaves(index, root));
        if (!steps.isEmpty() && !owned()) {
            findings.warning(
                    ProblemCode.INDEX_NEEDS_OWNER,
                    words(steps) + " missing, and only " + table.likeness().owner()
                            + ", who owns the table, can build them while everybody works; "
                            + catalog.server().user() + " would have to stop all writes",
                    "connect as " + table.likeness().owner() + ", or as a role that inherits from it: GRANT "
                            + table.likeness().owner() + " TO "
                            + catalog.server().user(),
                    "or build them by hand: docs/reference/problems/index-needs-owner.md");
            return List.of();
        }
        return List.copyOf(steps);
    }

    /** Built outside of a transaction, it needs the owner's rights for a whole session. */
    private boolean owned() {
        return table.leaves()
                .flatMap(leaf -> Optional.ofNullable(catalog.answers().indexes().get(leaf.oid())).stream())
                .allMatch(PartitionIndexes::owned);
    }

    private static String words(List<Step> steps) {
        Set<TableName> leaves = steps.stream()
                .filter(CreateIndexConcurrently.class::isInstance)
                .map(step -> ((CreateIndexConcurrently) step).partition())
                .collect(Collectors.toSet());
        return leaves.isEmpty()
                ? "declared indexes are"
                : "declared indexes on " + leaves.size() + (leaves.size() == 1 ? " partition" : " partitions") + " are";
    }

    private void build(Frame frame, TreePlace root) {
        Identifier name = frame.begun()
                .orElseGet(() -> frame.index()
                        .name()
                        .filter(chosen -> names.take(table.name().sibling(chosen)))
                        .or(() -> frame.index().name().isPresent()
                                ? Optional.empty()
                                : names.free(table.name(), frame.index()))
                        .orElse(null));
        if (name == null) {
            tellTaken(table.name(), frame.index());
            return;
        }
        if (frame.begun().isEmpty()) {
            steps.add(new CreateIndexOnly(
                    table.name(), table.name(), name, frame.index(), reason("the index is declared")));
        }
        below(frame.index(), root, table.name().sibling(name), frame.begun().isEmpty());
    }

    /**
     * The parts of an index below a relation.
     *
     * @param parentIndex the relation's own
     * @param fresh whether it is made by this plan, so that partitions which this plan makes before come without
     */
    private void below(IndexDeclaration index, TreePlace place, TableName parentIndex, boolean fresh) {
        int before = steps.size();
        boolean waits = false;
        Optional<AttachIndex> again = Optional.empty();
        for (TreePlace child : place.children()) {
            if (child.kind() == RelationKind.FOREIGN || child.comes() && !fresh) {
                continue;
            }
            Optional<PartitionIndexes.Part> part = find(
                    child,
                    there -> there.partOf().filter(parentIndex.name()::equals).isPresent());
            if (part.isPresent()) {
                TableName name = child.name().sibling(part.get().name());
                again = Optional.of(attach(child, name, parentIndex, "with the last of its parts it becomes valid"));
                if (!part.get().index().valid() && child.kind() == RelationKind.PARTITIONED) {
                    below(index, child, name, false);
                }
            } else if (child.kind() == RelationKind.PARTITIONED) {
                branch(index, child, parentIndex);
            } else {
                waits |= !leaf(index, child, parentIndex);
            }
        }
        if (steps.size() == before && !waits) {
            // The last partition that lacked its part is gone; PostgreSQL looks again only when something is attached.
            again.ifPresent(steps::add);
        }
    }

    private void branch(IndexDeclaration index, TreePlace branch, TableName parentIndex) {
        Optional<PartitionIndexes.Part> there = find(branch, part -> isLike(part, index));
        Optional<Identifier> name = there.map(PartitionIndexes.Part::name).or(() -> names.free(branch.name(), index));
        if (name.isEmpty()) {
            tellTaken(branch.name(), index);
            return;
        }
        TableName own = branch.name().sibling(name.get());
        if (there.isEmpty()) {
            steps.add(new CreateIndexOnly(
                    table.name(), branch.name(), name.get(), unnamed(index), reason("the index is declared")));
        }
        steps.add(attach(branch, own, parentIndex, "it is part of the table's"));
        if (there.isEmpty() || !there.get().index().valid()) {
            below(index, branch, own, there.isEmpty());
        }
    }

    /** False when nothing can be done for it now. */
    private boolean leaf(IndexDeclaration index, TreePlace leaf, TableName parentIndex) {
        Optional<PartitionIndexes.Part> there =
                find(leaf, part -> isLike(part, index) && part.index().valid());
        Optional<Identifier> name = there.isPresent()
                ? there.map(PartitionIndexes.Part::name)
                : create(index, leaf, "the index is declared");
        name.ifPresent(known -> steps.add(attach(
                leaf,
                leaf.name().sibling(known),
                parentIndex,
                there.isPresent() ? "the index is there already" : "it is part of the table's")));
        return name.isPresent();
    }

    private void onLeaves(IndexDeclaration index, TreePlace root) {
        Set<TableName> older =
                index.newest().map(new Newest(draft.ranges())::older).orElse(Set.of());
        root.tree()
                .filter(place ->
                        place.kind() == RelationKind.TABLE && place.oid().isPresent())
                .forEach(leaf -> {
                    if (older.contains(leaf.name())) {
                        drop(index, leaf);
                    } else if (find(leaf, part -> part.index().valid() && serves(part.index(), index))
                            .isEmpty()) {
                        create(index, leaf, "declared for each partition");
                    }
                });
    }

    /** Only what bears the name that such an index gets from us, is like it, and is under nobody's hands. */
    private void drop(IndexDeclaration index, TreePlace leaf) {
        find(leaf, part -> isLike(part, index) && isOurs(part, leaf, index) && !part.building())
                .ifPresent(part -> steps.add(new DropIndexConcurrently(
                        table.name(),
                        leaf.name(),
                        part.name(),
                        !part.index().valid(),
                        reason("declared for the newest " + index.newest().orElseThrow() + " only"))));
    }

    private static boolean isOurs(PartitionIndexes.Part part, TreePlace leaf, IndexDeclaration index) {
        return IndexNames.possible(leaf.name(), List.of(index))
                .contains(leaf.name().sibling(part.name()));
    }

    /** Builds it, and clears up before what an interrupted build has left. Empty when it cannot be built now. */
    private Optional<Identifier> create(IndexDeclaration index, TreePlace leaf, String why) {
        Optional<PartitionIndexes.Part> leftover =
                find(leaf, part -> isLike(part, index) && !part.index().valid() && isOurs(part, leaf, index));
        if (leftover.filter(PartitionIndexes.Part::building).isPresent()) {
            findings.info(
                    ProblemCode.INDEX_IS_BEING_BUILT,
                    "somebody is building the declared index on " + leaf.name() + " (" + columns(index)
                            + ") at this moment; it is left to them",
                    "run again when it is done");
            return Optional.empty();
        }
        if (leftover.isPresent()) {
            Identifier name = leftover.get().name();
            steps.add(new DropIndexConcurrently(
                    table.name(),
                    leaf.name(),
                    name,
                    true,
                    new Reason(Reason.Why.LEFTOVER, "an interrupted build left it invalid")));
            steps.add(new CreateIndexConcurrently(table.name(), leaf.name(), name, unnamed(index), reason(why)));
            return Optional.of(name);
        }
        Optional<Identifier> name = names.free(leaf.name(), index);
        if (name.isEmpty()) {
            tellTaken(leaf.name(), index);
        }
        name.ifPresent(free ->
                steps.add(new CreateIndexConcurrently(table.name(), leaf.name(), free, unnamed(index), reason(why))));
        return name;
    }

    /** Whether it stands by itself and could become part of the table's. */
    private static boolean isLike(PartitionIndexes.Part part, IndexDeclaration index) {
        CatalogIndex there = part.index();
        CatalogIndex.Kind kind = index.unique() ? CatalogIndex.Kind.UNIQUE_INDEX : CatalogIndex.Kind.PLAIN;
        return part.partOf().isEmpty()
                && part.ordinary()
                && there.kind() == kind
                && there.include().equals(index.include())
                && serves(there, index);
    }

    private Optional<PartitionIndexes.Part> find(TreePlace place, Predicate<PartitionIndexes.Part> which) {
        return place.oid()
                .flatMap(oid -> Optional.ofNullable(catalog.answers().indexes().get(oid)))
                .flatMap(found -> found.indexes().stream().filter(which).findFirst());
    }

    private AttachIndex attach(TreePlace child, TableName own, TableName parentIndex, String why) {
        return new AttachIndex(table.name(), child.name(), own, parentIndex, reason(why));
    }

    private static Reason reason(String why) {
        return new Reason(Reason.Why.INDEX_DECLARED, why);
    }

    private static IndexDeclaration unnamed(IndexDeclaration index) {
        return new IndexDeclaration(
                Optional.empty(), index.unique(), index.method(), index.columns(), index.include(), Optional.empty());
    }

    private static Sql columns(IndexDeclaration index) {
        return Sql.list(
                index.columns().stream().map(IndexDeclaration.Column::column).toList());
    }

    private void tellTaken(TableName relation, IndexDeclaration index) {
        findings.error(
                ProblemCode.NAME_TAKEN,
                "an index on " + relation + " (" + columns(index) + ") is wanted, but its name is taken: "
                        + index.name()
                                .map(Identifier::sql)
                                .orElseGet(() -> IndexNames.possible(relation, List.of(index)).stream()
                                        .map(name -> name.name().sql())
                                        .collect(Collectors.joining(", "))),
                "rename what has it, or give the declared index another name: name:");
    }
}
