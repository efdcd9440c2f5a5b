package dev.partita.report;

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
import dev.partita.step.ReleasePartition;
import dev.partita.step.RepairPartition;
import dev.partita.step.Rewriting;
import dev.partita.step.Step;
import dev.partita.step.StepVisitor;
import dev.partita.step.StoreElsewhere;
import dev.partita.step.VacuumTable;
import dev.partita.step.ValidateConstraint;
import dev.partita.step.ValidateExclusion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many steps there are of what people tell apart. */
record StepCounts(Map<Kind, Long> counts) {

    /** In the order in which they are named. */
    enum Kind {
        TABLE("table to create"),
        PARTITION("partition to create"),
        INDEX("index to create"),
        CARE("step around a large DEFAULT"),
        ALIGN("partition to align"),
        BACK("partition to attach again"),
        DETACH("partition to detach"),
        MOVE("partition to move"),
        STORE("partition to store elsewhere"),
        DROP("partition to drop"),
        MARK("mark to write"),
        RELEASE("partition to let go"),
        ADOPT("partition to adopt"),
        KEY("foreign key to drop"),
        BUILD("index to build on a partition"),
        PART("part of an index to attach"),
        LEFTOVER("index to drop"),
        REPAIR("partition to repair"),
        VALIDATE("constraint to validate"),
        VACUUM("table to vacuum"),
        REWRITE("step of a migration");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        private String words(long count) {
            int space = noun.indexOf(' ');
            return Amount.count(count, noun.substring(0, space)) + noun.substring(space);
        }
    }

    static StepCounts of(List<Step> steps) {
        return new StepCounts(steps.stream()
                .map(step -> step.accept(KIND))
                .collect(Collectors.groupingBy(kind -> kind, () -> new EnumMap<>(Kind.class), Collectors.counting())));
    }

    /** {@code 5 partitions to create, 1 index to create}. */
    String words() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().words(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static final StepVisitor<Kind> KIND = new StepVisitor<>() {
        @Override
        public Kind createTable(CreateTable step) {
            return Kind.TABLE;
        }

        @Override
        public Kind createIndex(CreateIndex step) {
            return Kind.INDEX;
        }

        @Override
        public Kind createPartition(CreatePartition step) {
            return Kind.PARTITION;
        }

        @Override
        public Kind createFromDefault(CreateFromDefault step) {
            return Kind.PARTITION;
        }

        @Override
        public Kind excludeFromDefault(ExcludeFromDefault step) {
            return Kind.CARE;
        }

        @Override
        public Kind validateExclusion(ValidateExclusion step) {
            return Kind.CARE;
        }

        @Override
        public Kind dropExclusion(DropExclusion step) {
            return Kind.CARE;
        }

        @Override
        public Kind markPartitions(MarkPartitions step) {
            return Kind.MARK;
        }

        @Override
        public Kind detachPartition(DetachPartition step) {
            return Kind.DETACH;
        }

        @Override
        public Kind detachConcurrently(DetachConcurrently step) {
            return Kind.DETACH;
        }

        @Override
        public Kind finalizeDetach(FinalizeDetach step) {
            return Kind.DETACH;
        }

        @Override
        public Kind movePartition(MovePartition step) {
            return Kind.MOVE;
        }

        @Override
        public Kind storeElsewhere(StoreElsewhere step) {
            return Kind.STORE;
        }

        @Override
        public Kind validateConstraint(ValidateConstraint step) {
            return Kind.VALIDATE;
        }

        @Override
        public Kind repairPartition(RepairPartition step) {
            return Kind.REPAIR;
        }

        @Override
        public Kind adoptPartition(AdoptPartition step) {
            return Kind.ADOPT;
        }

        @Override
        public Kind releasePartition(ReleasePartition step) {
            return Kind.RELEASE;
        }

        @Override
        public Kind dropForeignKey(DropForeignKey step) {
            return Kind.KEY;
        }

        @Override
        public Kind dropPartition(DropPartition step) {
            return Kind.DROP;
        }

        @Override
        public Kind alignPartition(AlignPartition step) {
            return Kind.ALIGN;
        }

        @Override
        public Kind attachAgain(AttachAgain step) {
            return Kind.BACK;
        }

        @Override
        public Kind createIndexOnly(CreateIndexOnly step) {
            return Kind.INDEX;
        }

        @Override
        public Kind createIndexConcurrently(CreateIndexConcurrently step) {
            return Kind.BUILD;
        }

        @Override
        public Kind attachIndex(AttachIndex step) {
            return Kind.PART;
        }

        @Override
        public Kind dropIndexConcurrently(DropIndexConcurrently step) {
            return Kind.LEFTOVER;
        }

        @Override
        public Kind vacuumTable(VacuumTable step) {
            return Kind.VACUUM;
        }

        @Override
        public Kind rewriting(Rewriting step) {
            return Kind.REWRITE;
        }
    };
}
