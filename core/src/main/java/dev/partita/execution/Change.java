package dev.partita.execution;

import dev.partita.step.Attached;
import dev.partita.step.CreateFromDefault;
import dev.partita.step.CreatePartition;
import dev.partita.step.DetachConcurrently;
import dev.partita.step.DetachPartition;
import dev.partita.step.DropPartition;
import dev.partita.step.FinalizeDetach;
import dev.partita.step.MarkPartitions;
import dev.partita.step.MovePartition;
import dev.partita.step.Reason;
import dev.partita.step.Retired;
import dev.partita.step.Step;
import dev.partita.step.StoreElsewhere;
import dev.partita.table.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a partition, or of the table itself, in a run.
 *
 * @param kind of change
 * @param table the declared table
 * @param partition what is made or changed; the table itself where it is not a partition
 * @param bound which rows a partition takes or took, as SQL has it with instants in UTC; empty where that is not a partition
 * @param reason why it is wanted
 */
public record Change(Kind kind, TableName table, TableName partition, Optional<String> bound, Reason reason) {

    /** What kind of change it is. */
    public enum Kind {

        /** Something is made, or comes back, or is indexed: no row is touched. */
        MAKE,

        /** A partition is taken out of its table, or moved when it is out. */
        RETIRE,

        /** A partition that was taken out before is removed, with its rows. */
        DROP;

        /** Whether it happens only if everybody has said so. */
        boolean needsConsent() {
            return this != MAKE;
        }
    }

    /** What a step is about; empty for what only finishes or takes back something that was interrupted, about which nobody is asked. */
    static List<Change> of(Step step) {
        if (step.evenAfterFailure() || step instanceof FinalizeDetach) {
            return List.of();
        }
        if (step instanceof MarkPartitions marks) {
            return marks.marks().stream()
                    .map(mark -> retire(step, mark.partition()))
                    .toList();
        }
        if (step instanceof DetachConcurrently detach) {
            return List.of(retire(step, detach.partition()));
        }
        if (step instanceof DetachPartition detach) {
            return List.of(retire(step, detach.partition()));
        }
        if (step instanceof MovePartition move) {
            return List.of(retired(Kind.RETIRE, step, move.partition()));
        }
        if (step instanceof StoreElsewhere store) {
            return List.of(retired(Kind.RETIRE, step, store.partition()));
        }
        if (step instanceof DropPartition drop) {
            return List.of(retired(Kind.DROP, step, drop.partition()));
        }
        Kind kind = step.retires() ? Kind.RETIRE : Kind.MAKE;
        Optional<CreatePartition> creation = step instanceof CreateFromDefault filled
                ? Optional.of(filled.creation())
                : Optional.of(step).filter(CreatePartition.class::isInstance).map(CreatePartition.class::cast);
        Optional<String> bound = creation.map(create -> create.partition().clause());
        return List.of(new Change(kind, step.table(), step.relation(), bound, step.reason()));
    }

    private static Change retire(Step step, Attached partition) {
        return new Change(Kind.RETIRE, step.table(), partition.name(), Optional.of(partition.bound()), step.reason());
    }

    private static Change retired(Kind kind, Step step, Retired partition) {
        return new Change(
                kind,
                step.table(),
                partition.name(),
                Optional.of(partition.comment().marker().bound()),
                step.reason());
    }

    /** Whether the two are about the same, however they came to it. */
    boolean same(Change other) {
        return kind == other.kind && partition.equals(other.partition);
    }
}
