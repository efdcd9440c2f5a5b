package dev.partita.migration;

import dev.partita.catalog.Answers;
import dev.partita.catalog.Catalog;
import dev.partita.catalog.CatalogIndex;
import dev.partita.catalog.CatalogPartition;
import dev.partita.catalog.CatalogTable;
import dev.partita.catalog.RelationKind;
import dev.partita.catalog.Server;
import dev.partita.declaration.Scheme;
import dev.partita.declaration.TableDeclaration;
import dev.partita.sql.Identifier;
import dev.partita.step.CreatePartition;
import dev.partita.step.NewPartition;
import dev.partita.step.Step;
import dev.partita.table.PartitionBound;
import dev.partita.table.PartitionKey;
import dev.partita.table.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps of a whole migration, there and back, as they follow from looks as they would be. Of partitions only a few: all are made
 * alike.
 */
final class Foreseen {

    private static final int PARTITIONS = 3;

    private static final Pace PACE = new Pace(1, 1, 0);

    private final TableDeclaration declaration;
    private final Source source;
    private final String files;
    private final Server server;
    private final Rewrite rewrite;
    private final Instant now;
    private final List<CreatePartition> partitions;

    /**
     * Of one table.
     *
     * @param files in which its rows lie
     */
    Foreseen(TableDeclaration declaration, Source source, String files, Server server, Rewrite rewrite, Instant now) {
        this.declaration = declaration;
        this.source = source;
        this.files = files;
        this.server = server;
        this.rewrite = rewrite;
        this.now = now;
        List<CreatePartition> planned = steps(seen(Phase.PREPARING, Made.EMPTY)).stream()
                .filter(CreatePartition.class::isInstance)
                .map(CreatePartition.class::cast)
                .toList();
        this.partitions = Stream.concat(
                        planned.stream().filter(create -> !isDefault(create)).limit(PARTITIONS),
                        planned.stream().filter(Foreseen::isDefault))
                .toList();
    }

    private static boolean isDefault(CreatePartition create) {
        return create.partition().bound() instanceof PartitionBound.Default;
    }

    /** How far the new table is made. */
    private enum Made {
        NOTHING,
        EMPTY,
        LEAVES,
        LEAF_INDEXES,
        INDEXES,
        PROVEN
    }

    /** What partitions are called, and all below them. */
    List<TableName> partitions() {
        return partitions.stream()
                .flatMap(create -> create.partition().tree())
                .map(NewPartition::name)
                .toList();
    }

    private List<TableName> leaves() {
        return partitions.stream()
                .flatMap(create -> create.partition().tree())
                .filter(partition -> partition.children().isEmpty())
                .map(NewPartition::name)
                .toList();
    }

    List<IndexShape> shapes() {
        return seen(Phase.PREPARING, Made.NOTHING).shapes();
    }

    /** All of them, in order. */
    List<Step> steps() {
        List<Step> all = new ArrayList<>(steps(seen(Phase.PREPARING, Made.NOTHING)));
        all.addAll(partitions);
        all.add(new StartCapture(
                rewrite, migration(Phase.PREPARING).heaps(), PACE.chunk(), Course.because("all stands")));
        Stream.of(
                        seen(Phase.COPYING, Made.LEAVES),
                        seen(Phase.INDEXING, Made.LEAVES),
                        seen(Phase.INDEXING, Made.LEAF_INDEXES),
                        behind(Phase.CATCHING_UP, Made.INDEXES),
                        seen(Phase.VERIFYING, Made.INDEXES),
                        seen(Phase.READY, Made.INDEXES),
                        seen(Phase.IN_STEP, Made.INDEXES),
                        seen(Phase.SWAPPED, Made.INDEXES),
                        seen(Phase.SWAPPED, Made.PROVEN),
                        behind(Phase.ROLLING_BACK, Made.PROVEN),
                        seen(Phase.ROLLING_BACK, Made.PROVEN),
                        seen(Phase.RETURNING, Made.PROVEN))
                .forEach(seen -> all.addAll(steps(seen)));
        return all;
    }

    private static List<Step> steps(Observation seen) {
        return Course.next(seen, PACE) instanceof Work.Do work ? work.steps() : List.of();
    }

    private Observation seen(Phase phase, Made made) {
        return observation(phase, made, 0);
    }

    /** With changes that wait to be brought over. */
    private Observation behind(Phase phase, Made made) {
        return observation(phase, made, Long.MAX_VALUE);
    }

    private Observation observation(Phase phase, Made made, long backlog) {
        List<IndexShape> shapes = source.indexes().stream()
                .map(index -> new IndexShape(index, rewrite.table(), rewrite.place()))
                .toList();
        List<Identifier> keys =
                source.keys().stream().map(Source.ForeignKey::name).toList();
        Set<TableName> before = Set.copyOf(made == Made.NOTHING || made == Made.EMPTY ? List.of() : leaves());
        List<Observation.Leaf> leaves = (before.isEmpty() ? List.<TableName>of() : leaves())
                .stream()
                        .map(name -> {
                            Set<Identifier> indexes = new HashSet<>();
                            if (made.compareTo(Made.LEAF_INDEXES) >= 0) {
                                shapes.forEach(shape -> indexes.add(shape.nameOn(name)));
                            }
                            boolean unproven = phase == Phase.SWAPPED && made != Made.PROVEN;
                            return new Observation.Leaf(name, false, false, indexes, unproven ? keys : List.of());
                        })
                        .toList();
        Map<TableName, CatalogTable> shadow = made == Made.NOTHING ? Map.of() : Map.of(rewrite.table(), shadow(made));
        List<Observation.Chunk> chunks = phase == Phase.COPYING
                ? List.of(new Observation.Chunk(rewrite.table(), source.table().oid(), 0, 1))
                : List.of();
        return new Observation(
                migration(phase),
                rewrite,
                declaration,
                files,
                source,
                new Catalog(server, shadow, Answers.NONE),
                Optional.empty(),
                leaves,
                Set.of(),
                chunks,
                backlog,
                true,
                List.of(),
                now);
    }

    private Migration migration(Phase phase) {
        Migration.Copy copy = new Migration.Copy(3, files, 1);
        return new Migration(
                rewrite.migration(),
                rewrite.table(),
                source.table().oid(),
                phase,
                source.table().fingerprint().digest(),
                phase == Phase.PREPARING ? Optional.empty() : Optional.of(copy),
                Optional.of(3L),
                0,
                false,
                false,
                Optional.empty(),
                Throttle.NONE,
                Optional.empty(),
                Optional.empty(),
                now,
                now);
    }

    /** The new table as the catalog would have it, under the name that it is to have. */
    private CatalogTable shadow(Made made) {
        CatalogTable table = source.table();
        Scheme scheme = declaration.scheme();
        PartitionKey key = new PartitionKey(
                scheme.method(),
                List.of(new PartitionKey.Part(
                        Optional.of(scheme.column()),
                        table.column(scheme.column()).orElseThrow().keyType(),
                        Optional.empty(),
                        Optional.empty())));
        List<CatalogIndex> indexes = made.compareTo(Made.INDEXES) >= 0 ? table.indexes() : List.of();
        List<CatalogPartition> children = made == Made.EMPTY
                ? List.of()
                : partitions.stream()
                        .map(create -> partition(create.partition()))
                        .toList();
        return new CatalogTable(
                0,
                rewrite.table(),
                RelationKind.PARTITIONED,
                Optional.of(key),
                table.columns(),
                indexes,
                table.references(),
                List.of(),
                table.likeness(),
                children,
                List.of(),
                -1,
                Optional.empty(),
                false,
                false,
                table.fingerprint(),
                Optional.empty());
    }

    private CatalogPartition partition(NewPartition partition) {
        return new CatalogPartition(
                0,
                partition.name(),
                partition.divided().isPresent() ? RelationKind.PARTITIONED : RelationKind.TABLE,
                partition.bound(),
                partition.clause(),
                false,
                Optional.empty(),
                source.table().likeness().owner(),
                source.storage(),
                Optional.empty(),
                0,
                -1,
                List.of(),
                List.of());
    }
}
