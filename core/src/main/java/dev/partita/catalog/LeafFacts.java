package dev.partita.catalog;

import dev.partita.sql.Identifier;
import java.util.List;
import java.util.Map;

/**
 * What leaves have of their own, by their identity: told apart from drift only by a look at their siblings.
 *
 * @param indexes valid ones that no index of the parent made
 * @param constraints that the parent does not have
 * @param publications that name the relation
 */
public record LeafFacts(
        Map<Long, List<OwnIndex>> indexes,
        Map<Long, List<OwnConstraint>> constraints,
        Map<Long, List<Identifier>> publications) {

    public LeafFacts {
        indexes = Map.copyOf(indexes);
        constraints = Map.copyOf(constraints);
        publications = Map.copyOf(publications);
    }

    /** A valid index that no index of the parent made. */
    public record OwnIndex(Identifier name, Drift.Shape shape) {}

    /** A check or a foreign key that the parent does not have. */
    public record OwnConstraint(Identifier name, boolean references) {}
}
