package dev.partita.step;

/** A step of an online rewrite, which gives a live table another shape. Its kinds live with the rewrite. */
public non-sealed interface Rewriting extends Step {

    @Override
    default <R> R accept(StepVisitor<R> visitor) {
        return visitor.rewriting(this);
    }
}
