package dev.partita.cli;

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
import java.util.function.Predicate;

/** Whether a step belongs to making something; the proofs around a large DEFAULT do, and so does taking one back. */
final class MakesSomething implements StepVisitor<Boolean>, Predicate<Step> {

    @Override
    public boolean test(Step step) {
        return step.accept(this);
    }

    @Override
    public Boolean createTable(CreateTable step) {
        return true;
    }

    @Override
    public Boolean createIndex(CreateIndex step) {
        return true;
    }

    @Override
    public Boolean createPartition(CreatePartition step) {
        return true;
    }

    @Override
    public Boolean createFromDefault(CreateFromDefault step) {
        return true;
    }

    @Override
    public Boolean excludeFromDefault(ExcludeFromDefault step) {
        return true;
    }

    @Override
    public Boolean validateExclusion(ValidateExclusion step) {
        return true;
    }

    @Override
    public Boolean dropExclusion(DropExclusion step) {
        return true;
    }

    @Override
    public Boolean markPartitions(MarkPartitions step) {
        return false;
    }

    @Override
    public Boolean detachPartition(DetachPartition step) {
        return false;
    }

    @Override
    public Boolean detachConcurrently(DetachConcurrently step) {
        return false;
    }

    @Override
    public Boolean finalizeDetach(FinalizeDetach step) {
        return false;
    }

    @Override
    public Boolean movePartition(MovePartition step) {
        return false;
    }

    @Override
    public Boolean storeElsewhere(StoreElsewhere step) {
        return false;
    }

    @Override
    public Boolean adoptPartition(AdoptPartition step) {
        return false;
    }

    @Override
    public Boolean releasePartition(ReleasePartition step) {
        return false;
    }

    @Override
    public Boolean dropForeignKey(DropForeignKey step) {
        return false;
    }

    @Override
    public Boolean dropPartition(DropPartition step) {
        return false;
    }

    @Override
    public Boolean validateConstraint(ValidateConstraint step) {
        return false;
    }

    @Override
    public Boolean repairPartition(RepairPartition step) {
        return false;
    }

    @Override
    public Boolean alignPartition(AlignPartition step) {
        return false;
    }

    @Override
    public Boolean attachAgain(AttachAgain step) {
        return true;
    }

    /** Building an index takes long, and nothing has to wait for it. */
    @Override
    public Boolean createIndexOnly(CreateIndexOnly step) {
        return false;
    }

    @Override
    public Boolean createIndexConcurrently(CreateIndexConcurrently step) {
        return false;
    }

    @Override
    public Boolean attachIndex(AttachIndex step) {
        return false;
    }

    @Override
    public Boolean dropIndexConcurrently(DropIndexConcurrently step) {
        return false;
    }

    @Override
    public Boolean vacuumTable(VacuumTable step) {
        return false;
    }

    @Override
    public Boolean rewriting(Rewriting step) {
        return false;
    }
}
