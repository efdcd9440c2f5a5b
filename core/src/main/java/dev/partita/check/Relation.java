package dev.partita.check;

import dev.partita.sql.Identifier;
import java.util.Optional;

/**
 * What the catalog does not tell elsewhere about a table, a branch or a leaf.
 *
 * @param oid its identity
 * @param indexes how many it has
 * @param estimatedRows by the last ANALYZE of itself; of a divided table what the planner believes of the whole; negative when never
 * @param readable whether we may look inside
 * @param owner whose rights we may use; empty when we may not
 */
record Relation(long oid, int indexes, double estimatedRows, boolean readable, Optional<Identifier> owner) {

    /** Whether we may, be it as somebody else. */
    boolean open() {
        return readable || owner.isPresent();
    }

    /** As whom, if not as ourselves. */
    Optional<Identifier> reader() {
        return readable ? Optional.empty() : owner;
    }
}
