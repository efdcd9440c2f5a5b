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

    R excludeFromDefault(ExcludeFromDefault step);

    R validateExclusion(ValidateExclusion step);

    R dropExclusion(DropExclusion step);
}
