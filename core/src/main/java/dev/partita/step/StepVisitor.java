package dev.partita.step;

/**
 * For the few places where the kind of a step matters, such as JSON.
 *
 * @param <R> what a visit gives
 */
public interface StepVisitor<R> {

    R createTable(CreateTable step);

    R createIndex(CreateIndex step);

    R createPartition(CreatePartition step);

    R createFromDefault(CreateFromDefault step);

    R excludeFromDefault(ExcludeFromDefault step);

    R validateExclusion(ValidateExclusion step);

    R dropExclusion(DropExclusion step);

    R markPartitions(MarkPartitions step);

    R detachPartition(DetachPartition step);

    R detachConcurrently(DetachConcurrently step);

    R finalizeDetach(FinalizeDetach step);

    R movePartition(MovePartition step);

    R storeElsewhere(StoreElsewhere step);

    R releasePartition(ReleasePartition step);

    R adoptPartition(AdoptPartition step);

    R dropForeignKey(DropForeignKey step);

    R dropPartition(DropPartition step);

    R alignPartition(AlignPartition step);

    R attachAgain(AttachAgain step);

    R createIndexOnly(CreateIndexOnly step);

    R createIndexConcurrently(CreateIndexConcurrently step);

    R attachIndex(AttachIndex step);

    R dropIndexConcurrently(DropIndexConcurrently step);

    R repairPartition(RepairPartition step);

    R validateConstraint(ValidateConstraint step);

    R vacuumTable(VacuumTable step);

    R rewriting(Rewriting step);
}
