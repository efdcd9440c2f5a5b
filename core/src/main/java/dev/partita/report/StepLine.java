package dev.partita.report;

import dev.partita.catalog.Marker;
import dev.partita.declaration.IndexDeclaration;
import dev.partita.sql.Sql;
import dev.partita.step.AdoptPartition;
import dev.partita.step.AlignPartition;
import dev.partita.step.AttachAgain;
import dev.partita.step.AttachIndex;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreateIndex;
import dev.partita.step.CreateIndexConcurrently;
import dev.partita.step.CreateIndexOnly;
import dev.partita.step.CreatePartition;
import dev.partita.step.CreateTable;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropExclusion;
import dev.partita.step.DropForeignKey;
import dev.partita.step.DropIndexConcurrently;
import dev.partita.step.DropPartition;
import dev.partita.step.ExcludeFromDefault;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.MarkPartitions;
import dev.partita.step.MovePartition;
import dev.partita.step.NewPartition;
import dev.partita.step.Reason;
import dev.partita.step.ReleasePartition;
import dev.partita.step.RepairPartition;
import dev.partita.step.Rewriting;
import dev.partita.step.Step;
import dev.partita.step.StepVisitor;
import dev.partita.step.StoreElsewhere;
import dev.partita.step.VacuumTable;
import dev.partita.step.ValidateConstraint;
import dev.partita.step.ValidateExclusion;
import dev.partita.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A step as one line of a list.
 *
 * @param sign {@code +} makes, {@code ~} changes, {@code -} takes away
 * @param name of what is made or changed
 * @param what which rows it takes, or a few words
 * @param inside the same of what is made below it
 */
record StepLine(char sign, String name, String what, List<StepLine> inside) {

    StepLine {
        inside = List.copyOf(inside);
    }

    static StepLine of(Step step, BoundWords words) {
        return step.accept(new StepVisitor<>() {
            @Override
            public StepLine createTable(CreateTable create) {
                return new StepLine(
                        '+',
                        Visible.of(create.table().name()),
                        "table " + Visible.of(create.division().clause().sql().toLowerCase(java.util.Locale.ROOT)),
                        List.of());
            }

            @Override
            public StepLine createIndex(CreateIndex create) {
                String columns = Sql.list(create.index().columns().stream()
                                .map(column -> column.column())
                                .toList())
                        .sql();
                String name = create.index().name().map(Visible::of).orElse("index");
                return new StepLine(
                        '+',
                        name,
                        (create.index().unique() ? "unique " : "") + "on (" + Visible.of(columns) + ")",
                        List.of());
            }

            @Override
            public StepLine createPartition(CreatePartition create) {
                return partition(create.partition(), words);
            }

            @Override
            public StepLine createFromDefault(CreateFromDefault create) {
                StepLine line = partition(create.partition(), words);
                return new StepLine(
                        line.sign(),
                        line.name(),
                        line.what() + ", with " + Amount.count(create.counted(), "row") + " from "
                                + Visible.of(create.fallback().name()),
                        line.inside());
            }

            @Override
            public StepLine excludeFromDefault(ExcludeFromDefault exclude) {
                return new StepLine(
                        '~',
                        Visible.of(exclude.relation().name()),
                        "promise that it holds nothing of " + words.of(exclude.exclusion()),
                        List.of());
            }

            @Override
            public StepLine validateExclusion(ValidateExclusion validate) {
                return new StepLine(
                        '~', Visible.of(validate.relation().name()), "prove it, while everybody works", List.of());
            }

            @Override
            public StepLine dropExclusion(DropExclusion drop) {
                return new StepLine(
                        '-',
                        Visible.of(drop.relation().name()),
                        drop.reason().why() == Reason.Why.LEFTOVER
                                ? "take back " + Visible.of(drop.constraint())
                                : "take back the promise",
                        List.of());
            }

            @Override
            public StepLine markPartitions(MarkPartitions mark) {
                return minus(
                        mark,
                        mark.marks().size() == 1
                                ? "mark as retired"
                                : "mark as retired, and " + (mark.marks().size() - 1) + " more");
            }

            @Override
            public StepLine detachPartition(DetachPartition detach) {
                return minus(detach, "detach");
            }

            @Override
            public StepLine detachConcurrently(DetachConcurrently detach) {
                return minus(detach, "detach, while everybody works");
            }

            @Override
            public StepLine finalizeDetach(FinalizeDetach finish) {
                return minus(finish, "finish detaching");
            }

            @Override
            public StepLine movePartition(MovePartition move) {
                return minus(move, "move to schema " + Visible.of(move.schema().name()));
            }

            @Override
            public StepLine storeElsewhere(StoreElsewhere store) {
                return minus(
                        store,
                        "write anew in tablespace "
                                + Visible.of(store.tablespace().name()) + ", while nobody reads it");
            }

            @Override
            public StepLine adoptPartition(AdoptPartition adopt) {
                return new StepLine(
                        '~',
                        Visible.of(adopt.relation().name()),
                        adopt.place().isPresent() ? "adopt" : "adopt as retired",
                        List.of());
            }

            @Override
            public StepLine releasePartition(ReleasePartition release) {
                return new StepLine(
                        '~',
                        Visible.of(release.relation().name()),
                        "let go: "
                                + Visible.of(release.comment()
                                        .release()
                                        .map(Marker.Release::because)
                                        .orElseThrow()),
                        List.of());
            }

            @Override
            public StepLine validateConstraint(ValidateConstraint validate) {
                return new StepLine(
                        '~',
                        Visible.of(validate.relation().name()),
                        "look whether its rows fulfil " + Visible.of(validate.constraint()) + ", while everybody works",
                        List.of());
            }

            @Override
            public StepLine repairPartition(RepairPartition repair) {
                return new StepLine(
                        '~',
                        Visible.of(repair.relation().name()),
                        "make it like the table: " + Visible.of(repair.reason().sentence()),
                        List.of());
            }

            @Override
            public StepLine dropForeignKey(DropForeignKey drop) {
                return minus(drop, "drop its foreign key " + Visible.of(drop.constraint()));
            }

            @Override
            public StepLine dropPartition(DropPartition drop) {
                return minus(drop, "drop");
            }

            @Override
            public StepLine alignPartition(AlignPartition align) {
                return new StepLine(
                        '~',
                        Visible.of(align.relation().name()),
                        "make it fit into the table again, looking through its rows",
                        List.of());
            }

            @Override
            public StepLine attachAgain(AttachAgain attach) {
                String columns = attach.columns().stream()
                        .map(column -> Visible.of(column.name()))
                        .collect(Collectors.joining(", "));
                return new StepLine(
                        '+',
                        Visible.of(attach.relation().name()),
                        "attach again, with its rows" + (columns.isEmpty() ? "" : ", which get " + columns),
                        List.of());
            }

            @Override
            public StepLine createIndexOnly(CreateIndexOnly create) {
                return index(
                        '+',
                        create,
                        (create.index().unique() ? "unique " : "") + "on only " + on(create.parent(), create.index()));
            }

            @Override
            public StepLine createIndexConcurrently(CreateIndexConcurrently create) {
                return index(
                        '+', create, "build on " + on(create.partition(), create.index()) + ", while everybody works");
            }

            @Override
            public StepLine attachIndex(AttachIndex attach) {
                return index(
                        '~',
                        attach,
                        "make part of " + Visible.of(attach.parentIndex().name()));
            }

            @Override
            public StepLine dropIndexConcurrently(DropIndexConcurrently drop) {
                return index(
                        '-', drop, "drop from " + Visible.of(drop.partition().name()) + ", while everybody works");
            }

            @Override
            public StepLine vacuumTable(VacuumTable vacuum) {
                return index('~', vacuum, "freeze its rows, and count them");
            }

            @Override
            public StepLine rewriting(Rewriting step) {
                return index('~', step, step.words());
            }
        });
    }

    private static StepLine index(char sign, Step step, String what) {
        return new StepLine(sign, Visible.of(step.relation().name()), what, List.of());
    }

    private static String on(TableName relation, IndexDeclaration index) {
        Sql columns = Sql.list(
                index.columns().stream().map(IndexDeclaration.Column::column).toList());
        return Visible.of(relation.name()) + " (" + Visible.of(columns.sql()) + ")";
    }

    private static StepLine minus(Step step, String what) {
        return new StepLine('-', Visible.of(step.relation().name()), what, List.of());
    }

    private static StepLine partition(NewPartition partition, BoundWords words) {
        List<StepLine> inside = new ArrayList<>();
        partition.children().forEach(child -> inside.add(partition(child, words)));
        return new StepLine('+', Visible.of(partition.name().name()), words.of(partition), inside);
    }
}
